using System.CommandLine;

namespace EcgRecovery.Cli.Inputs;

/// <summary>Makes options whose value is one character; <c>\t</c> is a tab.</summary>
internal static class CharacterOption
{
    /// <summary>Makes an option that is null where it is not given.</summary>
    public static Option<char?> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "C",
        CustomParser = result =>
        {
            if (result.Tokens[0].Value is { Length: 1 } or "\\t" && result.Tokens[0].Value is var text)
                return text == "\\t" ? '\t' : text[0];
            result.AddError($"{name} is '{result.Tokens[0].Value}'; expected one character");
            return null;
        },
    };
}
