namespace Tessera.Testing;

/// <summary>Where the sources lie that the tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    /// <param name="path">Below the root, with slashes.</param>
    public static string Folder(string path) => Path.Combine(Root, path);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Tessera.slnx")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
