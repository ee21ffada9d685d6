using System.IO.Compression;
using System.Text.Json;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Backup;

/// <summary>First steps that tests of backups take.</summary>
internal static class BackupSteps
{
    /// <summary>A finished manual backup.</summary>
    public static async Task<Answer> BackUpAsync(this Client person, object? request = null)
    {
        var asked = (await person.Post("backup", request ?? new { formats = Array.Empty<string>() })).Must(202);
        var job = await person.JobAsync(asked["jobId"].GetGuid());
        Assert.True(job["status"].GetString() == "succeeded", job.Text);
        return (await person.Get($"backup/{asked.Id}")).Must(200);
    }

    /// <summary>The archive's bytes, by a link like any browser's.</summary>
    public static async Task<byte[]> DownloadAsync(this Api api, Client person, Guid backupId)
    {
        var ticket = (await person.Post($"backup/{backupId}/link")).Must(200);
        using var http = api.NewHttpClient();
        using var response = await http.GetAsync(new Uri(ticket["url"].GetString()!, UriKind.Relative));
        Assert.Equal(200, (int)response.StatusCode);
        return await response.Content.ReadAsByteArrayAsync();
    }

    public static Dictionary<string, string> EntriesOf(byte[] archive)
    {
        using var zip = new ZipArchive(new MemoryStream(archive));
        return zip.Entries.ToDictionary(e => e.FullName, e =>
        {
            using var reader = new StreamReader(e.Open());
            return reader.ReadToEnd();
        });
    }

    /// <summary>The path of a backup's file in the data folder.</summary>
    public static string FileOf(this Api api, Guid tenantId, string sha256) => Path.Combine(api.DataFolder, "files", tenantId.ToString(), sha256[..2], sha256);

    public static IReadOnlyList<JsonElement> RowsOf(this Dictionary<string, string> entries, string table) =>
        [.. entries[$"data/{table}.jsonl"].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    /// <summary>Alters one entry of an archive, as somebody with a zip program would.</summary>
    public static void Rewrite(string file, string name, Func<string, string> change)
    {
        using var zip = ZipFile.Open(file, ZipArchiveMode.Update);
        var entry = zip.GetEntry(name)!;
        string text;
        using (var reader = new StreamReader(entry.Open()))
        {
            text = change(reader.ReadToEnd());
        }

        entry.Delete();
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        writer.Write(text);
    }
}
