using EcgRecovery.BeatDesigns.Beats;
using EcgRecovery.BeatDesigns.Designs;
using EcgRecovery.BeatDesigns.Estimates;
using EcgRecovery.Records;

namespace EcgRecovery.BeatDesigns.Training;

/// <summary>What the designs share: beats, gaps and estimates, each made when it is first asked for.</summary>
/// <param name="beats">The beats.</param>
/// <param name="threads">At once; no value depends on it.</param>
/// <param name="log">Says what takes its time.</param>
internal sealed class Workbench(DesignBeats beats, int threads, TextWriter log)
{
    private readonly Dictionary<BeatSource, BrokenBeat[]> _trainingGaps = [];
    private readonly Dictionary<string, BrokenBeat[]> _plans = [];
    private readonly Dictionary<(BeatSource Source, string What, EstimateView View), LocallyLinearEstimates> _estimates = [];

    /// <summary>Threads of everything.</summary>
    public int Threads => threads;

    /// <summary>The beats.</summary>
    public DesignBeats Beats => beats;

    /// <summary>The gaps of a plan, in the validation patients' beats.</summary>
    public BrokenBeat[] Gaps(ValidationPlan plan)
    {
        if (!_plans.TryGetValue(plan.Name, out var gaps))
            _plans[plan.Name] = gaps = plan.Draw(beats.Validation);
        return gaps;
    }

    /// <summary>What a design trains on.</summary>
    public BrokenBeats TrainingBeats(Design design)
    {
        var set = beats.Training(design.Beats);
        if (!_trainingGaps.TryGetValue(design.Beats, out var gaps))
            _trainingGaps[design.Beats] = gaps = TrainingDraw.Draw(set, design.Beats);
        return Told(design, "training", set, gaps);
    }

    /// <summary>What a design is tested on.</summary>
    public BrokenBeats ValidationBeats(Design design, ValidationPlan plan) => Told(design, plan.Name, beats.Validation, Gaps(plan));

    /// <summary>Estimates of a plan's gaps.</summary>
    public LocallyLinearEstimates Estimates(BeatSource source, ValidationPlan plan, EstimateView view) =>
        Estimates(source, plan.Name, view, beats.Validation, Gaps(plan));

    private BrokenBeats Told(Design design, string what, HeartbeatSet set, BrokenBeat[] gaps) => new(
        set,
        gaps,
        beats.Library(design.Beats),
        design.UsesEstimates ? Estimates(design.Beats, what, EstimateView.AllVisible, set, gaps) : null,
        design.UsesLocalEstimates ? Estimates(design.Beats, what, EstimateView.Local, set, gaps) : null);

    private LocallyLinearEstimates Estimates(BeatSource source, string what, EstimateView view, HeartbeatSet set, BrokenBeat[] gaps)
    {
        if (_estimates.TryGetValue((source, what, view), out var known))
            return known;
        log.WriteLine($"estimates of {gaps.Length:N0} gaps ({what}) from {beats.Library(source).Count:N0} reference beats");
        return _estimates[(source, what, view)] = LocallyLinearEstimates.Of(set, gaps, beats.Library(source), view, threads);
    }
}
