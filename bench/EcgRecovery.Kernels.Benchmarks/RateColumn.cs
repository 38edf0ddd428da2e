using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace EcgRecovery.Kernels.Benchmarks;

/// <summary>The rate of a kernel: GFLOP/s of products, ns per element of other kernels.</summary>
internal sealed class RateColumn : IColumn
{
    public string Id => nameof(RateColumn);

    public string ColumnName => "Rate";

    public string Legend => "2 · multiply-adds / time, or time / elements";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => false;

    public UnitType UnitType => UnitType.Dimensionless;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        if (summary[benchmarkCase]?.ResultStatistics is not { } statistics)
            return "–";
        var size = KernelSize.Of(benchmarkCase.Descriptor.WorkloadMethod.Name);
        return size.MultiplyAdds > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{2 * size.MultiplyAdds / statistics.Mean:F1} GFLOP/s")
            : string.Create(CultureInfo.InvariantCulture, $"{statistics.Mean / size.Elements:F3} ns/element");
    }

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;
}
