using System.Globalization;
using EcgRecovery.Neural;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Neural.Training;

namespace EcgRecovery.Evaluation.Diagnosis;

/// <summary>Trains the networks of a beat classifier.</summary>
/// <remarks>
/// The loss is the mean squared error against 1 for the beat's class and 0 for the others, in every time step: the Brier score, a proper
/// scoring rule. The outputs thus estimate probabilities, of classes weighted by <see cref="ClassifierOptions.ClassPower"/>.
/// <para>Source: Brier 1950, doi:10.1175/1520-0493(1950)078%3C0001:VOFEIT%3E2.0.CO;2.</para>
/// </remarks>
internal static class ClassifierTraining
{
    private const int Classes = ClassCounts.Classes;
    private const int Outputs = ClassifierInput.Steps * Classes;
    private const float MaximumNorm = 1;

    // Separate random sequences: the order does not depend on the changes drawn.
    private const ulong OrderStream = 1;
    private const ulong ChangeStream = 2;

    /// <summary>Trains a classifier; the same bits on every run of one engine path.</summary>
    /// <param name="leads">The leads to learn from.</param>
    /// <param name="options">The options.</param>
    /// <param name="log">Receives one line per epoch.</param>
    public static ClassifierFile Train(IReadOnlyList<LabelledLead> leads, ClassifierOptions options, Action<string>? log = null)
    {
        var examples = new ClassifierExamples(leads, options);
        var members = new List<IReadOnlyList<WeightTensor>>();
        for (var member = 0; member < options.Members; member++)
        {
            log?.Invoke($"network {member + 1} of {options.Members}, {examples.Count} beats");
            members.Add(TrainMember(examples, options, options.Seed + (ulong)member, log));
        }

        return new ClassifierFile(options.Network, members, Describe(leads, options, examples));
    }

    private static IReadOnlyList<WeightTensor> TrainMember(
        ClassifierExamples examples, ClassifierOptions options, ulong seed, Action<string>? log)
    {
        var random = new SeededRandom(seed);
        var weights = NetworkInitializer.Initialize(options.Network, seed);
        using var trainer = new NetworkTrainer(
            options.Network, weights, threads: 1, new AdamOptions(ClipNorm: MaximumNorm), new MeanSquaredError());
        var batch = new Batch(options.BatchSize, ClassWeights(examples, options.ClassPower));
        int[] order = [.. Enumerable.Range(0, examples.Count)];
        // The last beats of an order, less than a batch, have their turn in another epoch.
        var updates = order.Length / options.BatchSize;
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            random.Fork(OrderStream).Fork((ulong)epoch).Shuffle(order);
            var changes = random.Fork(ChangeStream).Fork((ulong)epoch);
            var loss = 0.0;
            for (var update = 0; update < updates; update++)
            {
                batch.Load(examples, order.AsSpan(update * options.BatchSize, options.BatchSize), changes);
                var rate = LearningRates.At(
                    LearningRateSchedule.Cosine, options.LearningRate, (epoch * updates) + update, options.Epochs * updates);
                loss += trainer.Step(batch.Input, batch.Target, batch.LossWeights, options.BatchSize, ClassifierInput.Steps, rate);
            }

            log?.Invoke(string.Create(CultureInfo.InvariantCulture, $"epoch {epoch + 1}: loss {loss / updates:F5}"));
        }

        return trainer.ExportWeights();
    }

    private static float[] ClassWeights(ClassifierExamples examples, double power) =>
        // A class without beats has a weight that no beat uses.
        [.. Counts(examples).Select(count => (float)Math.Pow(Math.Max(1, count) / (double)examples.Count, -power))];

    /// <summary>Returns the number of beats of each class.</summary>
    private static int[] Counts(ClassifierExamples examples)
    {
        var counts = new int[Classes];
        for (var beat = 0; beat < examples.Count; beat++)
            counts[(int)examples.ClassOf(beat)]++;
        return counts;
    }

    private static Dictionary<string, string> Describe(
        IReadOnlyList<LabelledLead> leads, ClassifierOptions options, ClassifierExamples examples) =>
        new(StringComparer.Ordinal)
        {
            ["kind"] = "beat classifier",
            ["classes"] = string.Join(' ', ClassCounts.All),
            ["trained_on"] = string.Join(' ', leads.Select(lead => lead.Record).Distinct(StringComparer.Ordinal)),
            ["trained_beats"] = string.Join(", ", ClassCounts.All.Zip(Counts(examples), (of, count) => $"{of} {Text(count)}")),
            ["seed"] = Text(options.Seed),
            ["epochs"] = Text(options.Epochs),
            ["batch_size"] = Text(options.BatchSize),
            ["learning_rate"] = Text(options.LearningRate),
            ["class_power"] = Text(options.ClassPower),
            ["stretch"] = Text(options.Stretch),
            ["inverts"] = options.Inverts ? "true" : "false",
            ["leads"] = string.Join(' ', options.Leads.Select(lead => Text(lead))),
            ["engine_path"] = EnginePaths.Active.ToString(),
        };

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    /// <summary>The arrays of one update.</summary>
    private sealed class Batch(int beats, float[] classWeights)
    {
        /// <summary>[B, T, I].</summary>
        public float[] Input { get; } = new float[beats * ClassifierInput.Length];

        /// <summary>[B, T, 5].</summary>
        public float[] Target { get; } = new float[beats * Outputs];

        /// <summary>[B, T, 5].</summary>
        public float[] LossWeights { get; } = new float[beats * Outputs];

        /// <summary>Draws the examples of some beats.</summary>
        public void Load(ClassifierExamples examples, ReadOnlySpan<int> chosen, SeededRandom changes)
        {
            Array.Clear(Target);
            for (var i = 0; i < chosen.Length; i++)
            {
                examples.Draw(chosen[i], changes, Input.AsSpan(i * ClassifierInput.Length, ClassifierInput.Length));
                var known = (int)examples.ClassOf(chosen[i]);
                LossWeights.AsSpan(i * Outputs, Outputs).Fill(classWeights[known]);
                for (var at = (i * Outputs) + known; at < (i + 1) * Outputs; at += Classes)
                    Target[at] = 1;
            }
        }
    }
}
