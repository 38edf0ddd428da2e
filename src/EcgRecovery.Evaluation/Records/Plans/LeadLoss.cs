namespace EcgRecovery.Evaluation.Records.Plans;

/// <summary>Which leads of a recording are lost in a gap.</summary>
internal enum LeadLoss
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>The tested one: methods see the others whole.</summary>
    One,

    /// <summary>All but lead II, or without one all but the first: that one is whole. Needs three leads.</summary>
    AllButOne,

    /// <summary>
    /// As on paper, where twelve leads share ten seconds: each is seen in one column of the page and lost in the others, see
    /// <see cref="PaperLayout"/>.
    /// </summary>
    Layout,
}
