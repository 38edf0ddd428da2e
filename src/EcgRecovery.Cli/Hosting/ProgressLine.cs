using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EcgRecovery.Cli.Hosting;

/// <summary>How far a long work has come: a bar on a terminal, otherwise a plain line now and then.</summary>
/// <remarks>One thread reports; the bar draws itself from the last report.</remarks>
internal sealed class ProgressLine : IDisposable
{
    // Plain lines go to logs: one every ten seconds tells enough.
    private static readonly TimeSpan s_plainInterval = TimeSpan.FromSeconds(10);

    private readonly string _label;
    private readonly TextWriter _error;
    private readonly TimeProvider _clock;
    private readonly Bar? _bar;
    private long _lastPlainLine;

    /// <param name="label">What is being done, as in <c>training autoencoder</c>.</param>
    /// <param name="error">Where logs go: the process's stderr, or a test's writer.</param>
    /// <param name="clock">Spaces the plain lines.</param>
    public ProgressLine(string label, TextWriter error, TimeProvider? clock = null)
    {
        _label = label;
        _error = error;
        _clock = clock ?? TimeProvider.System;
        _lastPlainLine = _clock.GetTimestamp();
        if (error == Console.Error && Terminal.CanDraw)
            _bar = new Bar(label, error);
    }

    /// <summary>Says how far the work has come.</summary>
    /// <param name="fraction">0 to 1.</param>
    /// <param name="detail">Short, as in <c>loss 0.00123  ETA 0:42</c>.</param>
    public void Report(double fraction, string detail)
    {
        if (_bar is not null)
        {
            _bar.Set(fraction, detail);
        }
        else if (_clock.GetElapsedTime(_lastPlainLine) >= s_plainInterval)
        {
            _lastPlainLine = _clock.GetTimestamp();
            _error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_label}: {100 * fraction,3:F0} %  {detail}").TrimEnd());
        }
    }

    /// <summary>Writes a line that stays.</summary>
    public void WriteLine(string text)
    {
        _lastPlainLine = _clock.GetTimestamp();
        if (_bar is not null)
            _bar.WriteLine(text);
        else
            _error.WriteLine(text);
    }

    /// <summary>Ends the bar.</summary>
    public void Dispose() => _bar?.Dispose();

    /// <summary>Spectre's progress bar, which owns its thread, turned into one that is told.</summary>
    private sealed class Bar : IDisposable
    {
        private readonly IAnsiConsole _console;
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Task _drawing;
        private readonly ProgressTask _task;
        private volatile string _detail = "";

        public Bar(string label, TextWriter error)
        {
            _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
            var begun = new TaskCompletionSource<ProgressTask>(TaskCreationOptions.RunContinuationsAsynchronously);
            _drawing = _console.Progress()
                .AutoClear(enabled: true)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn { Width = 30 }, new PercentageColumn(), new DetailColumn(() => _detail))
                .StartAsync(async context =>
                {
                    context.Refresh();
                    begun.SetResult(context.AddTask(Markup.Escape(label)));
                    await _ended.Task;
                });
            _task = begun.Task.GetAwaiter().GetResult();
        }

        public void Set(double fraction, string detail)
        {
            _task.Value = 100 * fraction;
            _detail = detail;
        }

        public void WriteLine(string text) => _console.WriteLine(text);

        public void Dispose()
        {
            _ended.SetResult();
            _drawing.GetAwaiter().GetResult();
        }
    }

    private sealed class DetailColumn(Func<string> detail) : ProgressColumn
    {
        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(detail());
    }
}
