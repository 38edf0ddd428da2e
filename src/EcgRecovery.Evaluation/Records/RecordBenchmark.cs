using EcgRecovery.Recovery.Records;

namespace EcgRecovery.Evaluation.Records;

/// <summary>Cuts gaps from recordings, recovers them as <c>recover</c> does, and scores what comes back.</summary>
/// <remarks>
/// A method gets the lead with NaN in place of the samples of gaps, so that the truth is out of its reach. All methods get the same gaps.
/// </remarks>
internal static class RecordBenchmark
{
    /// <summary>Runs the benchmark.</summary>
    /// <param name="folder">Folder of the records, see <see cref="TestedLead.Open"/>.</param>
    /// <param name="records">Their names, at least one.</param>
    /// <param name="methods">In the order of the tables; all recover leads.</param>
    /// <param name="options">The gaps, and how they are recovered.</param>
    /// <param name="progress">Receives a report after every gap, from several threads; null = nobody listens.</param>
    /// <param name="cancellationToken">Cancels between gaps.</param>
    /// <exception cref="FileNotFoundException">A record does not exist.</exception>
    /// <exception cref="InvalidDataException">
    /// A record is malformed, has no such lead or no room for a gap, or a method's output is not finite.
    /// </exception>
    public static RecordBenchmarkResult Run(
        string folder,
        IReadOnlyList<string> records,
        IReadOnlyList<RecoveryMethodInfo> methods,
        RecordBenchmarkOptions options,
        IProgress<RecordBenchmarkProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var leads = records.Select(record => TestedLead.Open(folder, record, options));
        return Run(leads, records.Count, methods, options, progress, cancellationToken);
    }

    /// <summary>Runs the benchmark on leads.</summary>
    /// <param name="leads">The leads, each in memory only while it is tested.</param>
    /// <param name="leadCount">Their number.</param>
    /// <param name="methods">In the order of the tables; all recover leads.</param>
    /// <param name="options">The gaps, and how they are recovered.</param>
    /// <param name="progress">Receives a report after every gap, from several threads; null = nobody listens.</param>
    /// <param name="cancellationToken">Cancels between gaps.</param>
    internal static RecordBenchmarkResult Run(
        IEnumerable<TestedLead> leads,
        int leadCount,
        IReadOnlyList<RecoveryMethodInfo> methods,
        RecordBenchmarkOptions options,
        IProgress<RecordBenchmarkProgress>? progress,
        CancellationToken cancellationToken)
    {
        var perThread = methods.Select(PerThread).ToList();
        try
        {
            var run = new RecordBenchmarkRun(perThread, options, leadCount, progress, cancellationToken);
            foreach (var lead in leads)
                run.Test(lead);
            return run.Result();
        }
        finally
        {
            foreach (var method in perThread.SelectMany(method => method.Values))
                method.Dispose();
            perThread.ForEach(method => method.Dispose());
        }

        ThreadLocal<RecordRecoveryMethod> PerThread(RecoveryMethodInfo method) =>
            new(() => method.CreateForRecords(options.Estimate), trackAllValues: true);
    }
}

/// <summary>How far a benchmark is.</summary>
/// <param name="Done">Gaps that methods have tried.</param>
/// <param name="Total">Gaps of all records and lengths, times methods.</param>
/// <param name="Record">The record that is tested now.</param>
/// <param name="Method">The method that is tested now.</param>
internal sealed record RecordBenchmarkProgress(int Done, int Total, string Record, string Method);
