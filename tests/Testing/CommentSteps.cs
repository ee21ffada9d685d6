using System.Net.Http.Headers;
using System.Text;

namespace Tessera.Testing;

/// <summary>First steps of tests about what people say and attach.</summary>
public static class CommentSteps
{
    /// <summary>Says something about a record; <paramref name="record"/> is its address.</summary>
    public static async Task<Answer> SayAsync(this Client person, string record, string body, Guid? replyToId = null, Guid[]? attachments = null, string[]? checklist = null, bool clientVisible = false) =>
        (await person.Post($"{record}/comments", new
        {
            body,
            replyToId,
            attachments = attachments ?? [],
            checklist = (checklist ?? []).Select(text => new { text }),
            clientVisible,
        })).Must(201);

    /// <summary>Sends a file to be attached; the answer may be a refusal.</summary>
    public static Task<Answer> SendFileAsync(this Client person, string name, byte[] content)
    {
        var body = new ByteArrayContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return person.Post($"files?name={Uri.EscapeDataString(name)}", body);
    }

    public static async Task<Guid> UploadedAsync(this Client person, string name = "notes.txt", string content = "Notes") =>
        (await person.SendFileAsync(name, Encoding.UTF8.GetBytes(content))).Must(201).Id;

    /// <summary>The file's text, by a link of this person's.</summary>
    public static async Task<string> DownloadedAsync(this Client person, Guid fileId) =>
        Encoding.UTF8.GetString(await person.BytesAsync((await person.Post($"files/{fileId}/link")).Must(200)["url"].GetString()!));
}
