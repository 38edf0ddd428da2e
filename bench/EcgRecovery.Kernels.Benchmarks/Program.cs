using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using EcgRecovery.Kernels.Benchmarks;
using Perfolizer.Horology;

// In this process: kernels are fully compiled at their first call, so separate processes would only take longer.
var job = Job.Default
    .WithToolchain(InProcessNoEmitToolchain.Instance)
    .WithWarmupCount(3)
    .WithIterationCount(10)
    .WithIterationTime(TimeInterval.FromMilliseconds(100));
var config = ManualConfig.Create(DefaultConfig.Instance)
    .AddJob(job)
    .AddColumn(new RateColumn())
    .HideColumns("Error", "StdDev", "Gen0", "Alloc Ratio")
    .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "ecg-recovery-kernels"));
BenchmarkSwitcher.FromTypes([typeof(KernelBenchmarks)]).Run(args.Length > 0 ? args : ["--filter", "*"], config);
