using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Kernel.Backup;
using Tessera.Kernel.Identity;
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

    /// <summary>Restores and waits for the end.</summary>
    public static async Task<Answer> RestoreAsync(this TestTenant tenant, Guid backupId, object request, string status = "succeeded")
    {
        var asked = (await tenant.Admin.Post($"backup/{backupId}/restore", request)).Must(202);
        var job = await tenant.Admin.JobAsync(asked.Id);
        Assert.True(job["status"].GetString() == status, job.Text);
        return job;
    }

    public static void Remove(string file, string name)
    {
        using var zip = ZipFile.Open(file, ZipArchiveMode.Update);
        zip.GetEntry(name)!.Delete();
    }

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

    /// <summary>Alters an archive and its manifest as an installation of another version would have written them.</summary>
    /// <param name="api">Whose key signs it.</param>
    /// <param name="file">The archive.</param>
    /// <param name="change">Gets the manifest.</param>
    /// <param name="rows">Gets the rows of each table the manifest names.</param>
    public static void Remake(this Api api, string file, Action<JsonObject> change, Func<string, string, string>? rows = null)
    {
        JsonObject manifest = null!;
        Rewrite(file, "manifest.json", text =>
        {
            manifest = JsonNode.Parse(text)!.AsObject();
            change(manifest);
            return text;
        });
        foreach (var table in manifest["tables"]!.AsArray().Select(t => t!.AsObject()))
        {
            Rewrite(file, (string)table["entry"]!, text =>
            {
                var altered = rows?.Invoke((string)table["table"]!, text) ?? text;
                table["sha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(altered)));
                return altered;
            });
        }

        var json = manifest.ToJsonString();
        Rewrite(file, "manifest.json", _ => json);
        Rewrite(file, "manifest.sig", _ => BackupWriter.SignatureOf(api.Services.GetRequiredService<Secrets>(), Encoding.UTF8.GetBytes(json)));
    }

    /// <summary>Makes a backup one of a version that did not have these columns of a table yet.</summary>
    public static void Age(this Api api, string file, string table, params string[] columns)
    {
        api.Remake(
            file,
            manifest =>
            {
                var known = manifest["tables"]!.AsArray().First(t => (string)t!["table"]! == table)!["columns"]!.AsArray();
                foreach (var column in known.Where(c => columns.Contains((string)c!)).ToList())
                {
                    known.Remove(column);
                }

                manifest["migrations"]!.AsArray().RemoveAt(manifest["migrations"]!.AsArray().Count - 1);
            },
            (name, text) => name != table ? text : string.Concat(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
            {
                var row = JsonNode.Parse(line)!.AsObject();
                foreach (var column in columns)
                {
                    row.Remove(column);
                }

                return row.ToJsonString() + "\n";
            })));
    }
}
