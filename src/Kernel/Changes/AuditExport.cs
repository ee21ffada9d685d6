using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Tessera.Kernel.Exchange;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Changes;

/// <summary>The audit trail as a file, written row by row as the database gives it: its size does not matter to the memory.</summary>
internal sealed class AuditExport(IQueryable<Change> changes, string format, string fileName) : IResult
{
    /// <summary>Rows between two flushes to the caller.</summary>
    private const int FlushEvery = 500;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, cancel) = (httpContext.Response, httpContext.RequestAborted);
        await using var rows = AuditQuery.NewestFirst(changes).AsNoTracking().AsAsyncEnumerable().GetAsyncEnumerator(cancel);
        var any = await rows.MoveNextAsync();
        response.ContentType = format == "csv" ? "text/csv; charset=utf-8" : "application/json; charset=utf-8";
        response.Headers[HeaderNames.ContentDisposition] = $"attachment; filename=\"{fileName}.{format}\"";
        await response.WriteAsync(format == "csv" ? CsvLine.ByteOrderMark + Header : "[", cancel);
        for (var count = 0; any; any = await rows.MoveNextAsync())
        {
            var row = AuditRow.Of(rows.Current);
            await response.WriteAsync(format == "csv" ? Line(row) : (count == 0 ? "\n" : ",\n") + JsonSerializer.Serialize(row, PlatformJson.Options), cancel);
            if (++count % FlushEvery == 0)
            {
                await response.Body.FlushAsync(cancel);
            }
        }

        if (format == "json")
        {
            await response.WriteAsync("\n]\n", cancel);
        }
    }

    private static readonly string Header = CsvLine.Of("id", "at", "actorId", "actor", "action", "target", "entityId", "label", "targetUserId", "changes", "reason", "traceId");

    private static string Line(AuditRow row) => CsvLine.Of(
        row.Id, row.At.UtcDateTime.ToString("O"), row.Actor.Id?.ToString(), row.Actor.Name, row.Action, row.Target, row.EntityId?.ToString(), row.Label, row.TargetUserId?.ToString(),
        string.Join("; ", row.Changes.Select(c => $"{c.Field}: {Value(c.Before)} → {Value(c.After)}")), row.Reason, row.TraceId);

    private static string Value(System.Text.Json.Nodes.JsonNode? value) => value is null ? "–" : value.ToJsonString(PlatformJson.Options);
}
