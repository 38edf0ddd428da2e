namespace EcgRecovery.Records;

/// <summary>The five heartbeat classes of ANSI/AAMI EC57; the value is the label of Kaggle's heartbeat files.</summary>
public enum AamiClass
{
    /// <summary>Any beat not in the other classes (normal, bundle branch block, escape).</summary>
    N = 0,

    /// <summary>Supraventricular ectopic beat.</summary>
    S = 1,

    /// <summary>Ventricular ectopic beat.</summary>
    V = 2,

    /// <summary>Fusion of a ventricular and a normal beat.</summary>
    F = 3,

    /// <summary>Paced or unclassifiable beat.</summary>
    Q = 4,
}
