using System.Diagnostics;
using System.Globalization;
using EcgRecovery.BeatDesigns.Beats;
using EcgRecovery.BeatDesigns.Designs;
using EcgRecovery.BeatDesigns.Estimates;
using EcgRecovery.BeatDesigns.Scores;
using EcgRecovery.Neural;
using EcgRecovery.Records;
using EcgRecovery.Recovery;

namespace EcgRecovery.BeatDesigns.Training;

/// <summary>Runs entries of the list and writes their results.</summary>
/// <param name="workbench">Beats, gaps and estimates.</param>
/// <param name="folder">Receives the results, and in its folder <c>out</c> the weights.</param>
/// <param name="log">Says how far it is.</param>
internal sealed class DesignRunner(Workbench workbench, string folder, TextWriter log)
{
    private const int Length = HeartbeatSet.BeatLength;

    /// <summary>Points of a learning curve.</summary>
    private const int CurvePoints = 8;

    /// <summary>A point is of every so manieth gap.</summary>
    private const int CurveStride = 4;

    private readonly WeightFiles _weights = new(folder);

    /// <summary>Runs one entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="list">The list that it is of: an ensemble's members stand there.</param>
    public void Run(Entry entry, IReadOnlyList<Entry> list)
    {
        log.WriteLine($"{entry.Name}  {entry.Settings}");
        switch (entry)
        {
            case MethodEntry method:
                RunMethod(method);
                break;
            case EstimateEntry estimate:
                var view = estimate.IsLocal ? EstimateView.Local : EstimateView.AllVisible;
                Write(Score(estimate, (plan, _) => workbench.Estimates(estimate.Beats, plan, view).Estimate, estimate.KnowsPadding));
                break;
            case DesignEntry design:
                RunDesign(design);
                break;
            case EnsembleEntry ensemble:
                RunEnsemble(ensemble, list);
                break;
        }
    }

    private void RunMethod(MethodEntry entry)
    {
        var known = BeatRecoveryMethods.Find(entry.Method)
            ?? throw new InvalidDataException(
                $"{entry.Name}: no method is named {entry.Method}; expected one of {string.Join(", ", BeatRecoveryMethods.All.Select(m => m.Name))}.");
        using var method = known.Create(new BeatMethodContext(workbench.Beats.Training(BeatSource.FirstLead), workbench.Threads) { SamePatients = false });
        Write(Score(entry, Recover, entry.KnowsPadding));

        float[] Recover(ValidationPlan plan, BrokenBeat[] broken)
        {
            var beats = new float[broken.Length * Length];
            var isMissing = new bool[Length];
            for (var i = 0; i < broken.Length; i++)
            {
                workbench.Beats.Validation[broken[i].Row].CopyTo(beats.AsSpan(i * Length, Length));
                broken[i].MarkMissing(isMissing);
                for (var t = 0; t < Length; t++)
                    beats[(i * Length) + t] = isMissing[t] ? float.NaN : beats[(i * Length) + t];
            }

            var recovered = new float[beats.Length];
            method.Recover(beats, recovered);
            return recovered;
        }
    }

    /// <summary>Scores what is not trained.</summary>
    private DesignResult Score(Entry entry, Func<ValidationPlan, BrokenBeat[], float[]> recover, bool knowsPadding)
    {
        var start = Cpu();
        var set = workbench.Beats.Validation;
        var plans = new Dictionary<string, PlanScore>(StringComparer.Ordinal);
        var thin = new Dictionary<string, PlanScore>(StringComparer.Ordinal);
        foreach (var plan in ValidationPlan.All)
        {
            var broken = workbench.Gaps(plan);
            // A copy: the estimates are the workbench's.
            float[] recovered = [.. recover(plan, broken)];
            for (var i = 0; knowsPadding && i < broken.Length; i++)
                PaddingRule.Apply(set, broken[i], recovered.AsSpan(i * Length, Length));
            plans[plan.Name] = PlanScore.Of(set, broken, recovered);
            int[] items = [.. Enumerable.Range(0, broken.Length).Where(i => i % CurveStride == 0)];
            thin[plan.Name] = PlanScore.Of(set, [.. items.Select(i => broken[i])], [.. items.SelectMany(i => recovered[(i * Length)..((i + 1) * Length)])]);
        }

        return new DesignResult(
            entry.Name, entry.Settings, Seed: null, 0, Cpu() - start, TrainingLoss: null, plans, [Point(0, loss: null, plan => thin[plan.Name])]);
    }

    private void RunDesign(DesignEntry entry)
    {
        var design = entry.Design;
        var beats = workbench.TrainingBeats(design);
        foreach (var plan in ValidationPlan.All)
            workbench.ValidationBeats(design, plan);
        var start = Cpu();
        using var trainer = new DesignTrainer(design, beats, workbench.Threads);
        var (curve, averagedCurve) = (new List<CurvePoint>(), new List<CurvePoint>());
        var (loss, counted) = (0.0, 0);
        var interval = trainer.Updates / CurvePoints;
        while (trainer.Done < trainer.Updates)
        {
            loss += trainer.Step();
            counted++;
            if (trainer.Done % interval != 0)
                continue;
            curve.Add(Point(trainer.SeenBeats, loss / counted, plan => DesignRecovery.Score(workbench, design, trainer.Weights, plan, CurveStride)));
            if (trainer.AveragedWeights is { Count: > 0 } soFar)
                averagedCurve.Add(Point(trainer.SeenBeats, loss / counted, plan => DesignRecovery.Score(workbench, design, soFar, plan, CurveStride)));
            log.WriteLine(Progress(entry.Name, curve[^1]));
            // The updates that an eighth leaves over belong to the last one.
            if (curve.Count < CurvePoints)
                (loss, counted) = (0, 0);
        }

        var cpuSeconds = Cpu() - start;
        Finish(entry.Name, trainer.Weights, curve);
        if (trainer.AveragedWeights is { } averaged)
            Finish(entry.Name + DesignEntry.AveragedSuffix, averaged, averagedCurve);

        void Finish(string name, IReadOnlyList<WeightTensor> weights, List<CurvePoint> points)
        {
            _weights.Write(name, weights);
            var plans = ValidationPlan.All.ToDictionary(plan => plan.Name, plan => DesignRecovery.Score(workbench, design, weights, plan));
            Write(new DesignResult(name, entry.Settings, design.Seed, design.Spec.ParameterCount, cpuSeconds, loss / counted, plans, points));
        }
    }

    private void RunEnsemble(EnsembleEntry entry, IReadOnlyList<Entry> list)
    {
        var members = entry.Members.Select(name => (
            Weights: _weights.Read(name),
            list.OfType<DesignEntry>().Single(design => design.ResultNames.Contains(name)).Design,
            Result: DesignResult.Read(folder, name))).ToList();
        Write(Score(entry, Recover, knowsPadding: false) with
        {
            Parameters = members.Sum(member => member.Result.Parameters),
            CpuSeconds = members.Sum(member => member.Result.CpuSeconds),
        });

        float[] Recover(ValidationPlan plan, BrokenBeat[] broken)
        {
            int[] all = [.. Enumerable.Range(0, broken.Length)];
            var mean = new float[broken.Length * Length];
            foreach (var (weights, design, _) in members)
            {
                var recovered = DesignRecovery.Recover(design, weights, workbench.ValidationBeats(design, plan), all, workbench.Threads);
                for (var i = 0; i < mean.Length; i++)
                    mean[i] += recovered[i] / members.Count;
            }

            return mean;
        }
    }

    private void Write(DesignResult result)
    {
        result.Write(folder);
        var (whole, random) = (result.Plans[ValidationPlan.Fixed.Name], result.Plans[ValidationPlan.Random[2].Name]);
        log.WriteLine(
            $"{result.Name}: whole beat {whole.WholeRows:F4}, real samples {whole.RealRows:F4}; "
            + $"{ValidationPlan.Random[2].Name} {random.RealRows:F4}; {result.CpuSeconds:F0} s");
    }

    /// <summary>A point, rounded to what a drawing shows: full precision is for the final scores.</summary>
    private static CurvePoint Point(int beats, double? loss, Func<ValidationPlan, PlanScore> score)
    {
        var (whole, random) = (score(ValidationPlan.Fixed), score(ValidationPlan.Random[2]));
        return new CurvePoint(
            beats,
            loss is { } value ? double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : null,
            Math.Round(whole.WholeRows, 5), Math.Round(whole.RealRows, 5), Math.Round(random.RealRows, 5));
    }

    private static string Progress(string name, CurvePoint point) =>
        $"  {name} {point.TrainedBeats}: loss {point.TrainingLoss:G4}, whole beat {point.FixedWhole:F4}, real samples {point.FixedReal:F4}; "
        + $"{ValidationPlan.Random[2].Name} {point.RandomReal:F4}";

    private static double Cpu() => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
}
