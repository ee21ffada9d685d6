using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Tessera.Testing;

/// <summary>Files out of the API and into it, the way a person takes them.</summary>
public static class ExchangeSteps
{
    /// <summary>Exports and waits for the end.</summary>
    public static async Task<Answer> ExportAsync(this Client person, string? noun, string format, object? more = null)
    {
        var body = new Dictionary<string, object?>(StringComparer.Ordinal) { ["noun"] = noun, ["format"] = format };
        foreach (var property in more?.GetType().GetProperties() ?? [])
        {
            body[property.Name] = property.GetValue(more);
        }

        var job = await person.Post("exchange/exports", body);
        Assert.True(job.Status is 200 or 202, job.Text);
        return await person.JobAsync(job.Id);
    }

    /// <summary>Exports and downloads the file.</summary>
    public static async Task<byte[]> ExportedAsync(this Client person, string? noun, string format, object? more = null)
    {
        var job = await person.ExportAsync(noun, format, more);
        Assert.True(job["status"].GetString() == "succeeded", job.Text);
        return await person.DownloadAsync($"exchange/exports/{job.Id}/link");
    }

    /// <summary>Follows a link for a download.</summary>
    public static async Task<byte[]> DownloadAsync(this Client person, string link)
    {
        var ticket = (await person.Post(link)).Must(200);
        return await person.BytesAsync(ticket["url"].GetString()!);
    }

    /// <summary>Uploads a file for a noun; the answer may be a refusal.</summary>
    public static Task<Answer> UploadAsync(this Client person, string noun, byte[] file, string fileName = "file.csv")
    {
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return person.Post($"exchange/imports?noun={Uri.EscapeDataString(noun)}&fileName={Uri.EscapeDataString(fileName)}", content);
    }

    public static Task<Answer> UploadAsync(this Client person, string noun, string text, string fileName = "file.csv") => person.UploadAsync(noun, Encoding.UTF8.GetBytes(text), fileName);

    /// <summary>Maps the columns as they were guessed.</summary>
    public static async Task<Answer> MapAsync(this Client person, Answer run, object? more = null)
    {
        var mapping = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["columns"] = run["columns"].EnumerateArray().ToDictionary(c => c.GetProperty("header").GetString()!, c => c.GetProperty("field").GetString(), StringComparer.Ordinal),
        };
        foreach (var property in more?.GetType().GetProperties() ?? [])
        {
            mapping[property.Name] = property.GetValue(more);
        }

        return (await person.Put($"exchange/imports/{run.Id}/mapping", mapping)).Must(200);
    }

    /// <summary>Uploads, maps as guessed and checks.</summary>
    public static async Task<Answer> CheckedAsync(this Client person, string noun, byte[] file, object? mapping = null)
    {
        var run = (await person.UploadAsync(noun, file)).Must(201);
        await person.MapAsync(run, mapping);
        var answer = await person.Post($"exchange/imports/{run.Id}/check");
        Assert.True(answer.Status is 200 or 202, answer.Text);
        return await Waiting.UntilAsync(async () => (await person.Get($"exchange/imports/{run.Id}")).Must(200), r => r["status"].GetString() != "running");
    }

    public static Task<Answer> CheckedAsync(this Client person, string noun, string text, object? mapping = null) => person.CheckedAsync(noun, Encoding.UTF8.GetBytes(text), mapping);

    /// <summary>Applies and waits for the job.</summary>
    public static async Task<Answer> ApplyAsync(this Client person, Answer run)
    {
        var job = await person.Post($"exchange/imports/{run.Id}/apply");
        Assert.True(job.Status is 200 or 202, job.Text);
        return await person.JobAsync(job.Id);
    }

    /// <summary>Undoes and waits for the job.</summary>
    public static async Task<Answer> UndoAsync(this Client person, Answer run)
    {
        var job = await person.Post($"exchange/imports/{run.Id}/undo");
        Assert.True(job.Status is 200 or 202, job.Text);
        return await person.JobAsync(job.Id);
    }

    /// <summary>Rows of a run, by their number.</summary>
    public static async Task<IReadOnlyDictionary<int, JsonElement>> RowsAsync(this Client person, Answer run, string query = "") =>
        (await person.Get($"exchange/imports/{run.Id}/rows?limit=200{query}")).Must(200).Items.ToDictionary(r => r.GetProperty("n").GetInt32());

    /// <summary><c>create 2, error 1</c>: what a check says, without the noughts.</summary>
    public static string Counts(this Answer run) =>
        string.Join(", ", run["counts"].EnumerateObject().Where(c => c.Value.GetInt32() > 0).Select(c => $"{c.Name} {c.Value.GetInt32()}"));

    /// <summary>Codes of a row's errors.</summary>
    public static IReadOnlyList<string> ErrorCodes(this JsonElement row) => [.. row.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("code").GetString()!)];
}
