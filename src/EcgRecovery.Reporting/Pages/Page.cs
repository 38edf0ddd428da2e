using EcgRecovery.Reporting.Drawing;
using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Reporting.Pages;

/// <summary>The frame of every page: HTML that is well-formed XML, loads nothing and runs no script.</summary>
internal sealed record Page
{
    /// <summary>Title of the document.</summary>
    public required string Title { get; init; }

    /// <summary>Heading on the page.</summary>
    public required string Heading { get; init; }

    /// <summary>Version of the tool that writes the page.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>Style sheet and policy.</summary>
    public required PageStyle Style { get; init; }

    /// <summary>The main result in one sentence; null = none.</summary>
    public string? Headline { get; init; }

    /// <summary>Key figures below the heading.</summary>
    public required IReadOnlyList<PageFact> Facts { get; init; }

    /// <summary>Notes below the facts; may be empty.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Name of the notes for screen readers.</summary>
    public string NotesLabel { get; init; } = "Notes";

    /// <summary>Writers of the main part, in order; each may write nothing.</summary>
    public required IReadOnlyList<Action<MarkupWriter>> Sections { get; init; }

    /// <summary>Source and citation of the data, for the footer; null = none.</summary>
    public string? AboutData { get; init; }

    /// <summary>Returns the whole page.</summary>
    public string Write()
    {
        var markup = new MarkupWriter();
        markup.Start("html", ("xmlns", "http://www.w3.org/1999/xhtml"), ("lang", "en"));
        WriteHead(markup);
        markup.Start("body");
        WriteHeader(markup);
        markup.Start("main");
        foreach (var section in Sections)
            section(markup);
        markup.End();
        WriteFooter(markup);
        markup.End();
        markup.End();
        return $"<!DOCTYPE html>\n{markup.Finish()}\n";
    }

    private void WriteHead(MarkupWriter markup)
    {
        markup.Start("head");
        markup.Empty("meta", ("charset", "utf-8"));
        markup.Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", Style.ContentSecurityPolicy));
        markup.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        markup.Empty("meta", ("name", "generator"), ("content", $"EcgRecovery {ToolVersion}"));
        markup.Element("title", Title);
        markup.Style(Style.Css);
        markup.End();
    }

    private void WriteHeader(MarkupWriter markup)
    {
        markup.Start("header");
        markup.Element("p", $"EcgRecovery {ToolVersion} · {FigureText.NotForDiagnosis}", ("class", "kicker"));
        markup.Element("h1", Heading);
        if (Headline is { } headline)
            markup.Element("p", headline, ("class", "headline"));
        markup.Start("dl", ("class", "facts"));
        foreach (var fact in Facts)
            WriteFact(markup, fact);
        markup.End();
        if (Notes.Count > 0)
        {
            markup.Start("aside", ("class", "notes"), ("aria-label", NotesLabel));
            foreach (var note in Notes)
                markup.Element("p", note);
            markup.End();
        }

        markup.End();
    }

    private static void WriteFact(MarkupWriter markup, PageFact fact)
    {
        markup.Start("div", fact.IsWide ? [("class", "wide")] : []);
        markup.Element("dt", fact.Name);
        markup.Element("dd", fact.Value, fact.IsHash ? [("class", "hash")] : []);
        markup.End();
    }

    private void WriteFooter(MarkupWriter markup)
    {
        markup.Start("footer");
        if (AboutData is not null)
            markup.Element("h2", "About these data");
        markup.Element("p", $"{FigureText.NotForDiagnosis}. A recovered sample is an estimate, never a measurement.", ("class", "warning"));
        if (AboutData is { } about)
            markup.Element("p", about);
        markup.Element("p", $"Written by EcgRecovery {ToolVersion}. This page loads nothing and runs no script.");
        markup.End();
    }
}

/// <summary>A key figure of a page.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="IsWide">Whether it takes a line of its own.</param>
/// <param name="IsHash">Whether the value is a hash, written in a monospaced font.</param>
internal sealed record PageFact(string Name, string Value, bool IsWide = false, bool IsHash = false);
