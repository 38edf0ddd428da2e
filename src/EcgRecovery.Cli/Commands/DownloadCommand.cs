using System.CommandLine;
using EcgRecovery.Cli.Downloads;
using EcgRecovery.Cli.Hosting;

namespace EcgRecovery.Cli.Commands;

/// <summary><c>download</c>: downloads a database of PhysioNet and checks every file.</summary>
internal static class DownloadCommand
{
    public static Command Create() => Create(new DownloadOptions());

    /// <param name="options">Timeouts, retries and limits.</param>
    public static Command Create(DownloadOptions options)
    {
        string[] choices = [.. PhysioNetDatabase.All.Select(database => database.Name)];
        var names = string.Join(", ", choices);
        var name = new Argument<string>("DATABASE") { Description = $"The database: {names}.", CompletionSources = { choices } };
        name.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && Find(token.Value) is null)
                result.AddError($"'{token.Value}' is not a database; known here: {names}");
        });
        var output = new Option<string>("--output") { Description = "Folder for the files.", Required = true, HelpName = "DIR" };
        var mirror = new Option<string?>("--mirror")
        {
            Description = "Address of a copy of the database's folder; PhysioNet's by default.",
            HelpName = "URL",
        };
        mirror.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && FolderAddress(token.Value) is null)
                result.AddError($"--mirror is '{token.Value}'; expected an http or https address of a folder, without user name and query");
        });
        var overwrite = StandardOptions.Overwrite();
        var command = new Verb(
            "download",
            "Downloads a database of PhysioNet, resumes after interruptions, and checks every file against SHA256SUMS.txt.",
            "download mitdb --output mitdb",
            "download nstdb --output nstdb --mirror http://localhost:8000/nstdb/")
        {
            name, output, mirror, overwrite,
        };
        command.SetAction(async (parse, token) =>
        {
            var configuration = parse.InvocationConfiguration;
            var database = Find(parse.GetRequiredValue(name))!;
            var download = new DatabaseDownload
            {
                Address = parse.GetValue(mirror) is { } address ? FolderAddress(address)! : database.Address,
                Folder = parse.GetRequiredValue(output),
                Overwrite = parse.GetValue(overwrite),
                Options = options,
                Error = configuration.Error,
            };
            try
            {
                var summary = await download.RunAsync(token);
                summary.Write(configuration.Output, database, download.Address, download.Folder);
                summary.ThrowIfIncomplete();
                return ExitCode.Done;
            }
            catch (OperationCanceledException)
            {
                configuration.Error.WriteLine("received files are kept; the same command continues from there");
                throw;
            }
        });
        return command;
    }

    private static PhysioNetDatabase? Find(string name) => PhysioNetDatabase.All.FirstOrDefault(database => database.Name == name);

    // Returns the address with a slash at its end, so that names are added to it; null where it is not a folder's address.
    private static Uri? FolderAddress(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
        {
            return null;
        }

        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
            return null;
        return address.AbsolutePath.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
    }
}
