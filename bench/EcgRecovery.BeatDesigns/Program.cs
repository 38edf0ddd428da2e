using System.CommandLine;
using EcgRecovery.BeatDesigns;

var root = new RootCommand("Designs of a beat model side by side; ../README.md tells how they are run.") { RunCommand.Create(), TableCommand.Create() };
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception error) when (error is IOException or InvalidDataException)
{
    Console.Error.WriteLine($"error: {error.Message}");
    return 1;
}
