using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Tessera.Kernel.Access;
using Tessera.Kernel.Collaboration;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Records;

/// <summary>Tells OpenAPI which query parameters a list understands.</summary>
/// <param name="Filters">Fields it can be filtered by.</param>
/// <param name="Sorts">Fields it can be sorted by; none where the order is fixed.</param>
/// <param name="Paged">It takes page, limit and cursor.</param>
/// <param name="HasTrash">It takes trash.</param>
internal sealed record ListParameters(IReadOnlyList<ListFilter> Filters, IReadOnlyList<string> Sorts, bool Paged = true, bool HasTrash = true);

/// <summary>Tells OpenAPI the same of a list that is no noun's.</summary>
internal sealed record OtherListParameters(ListParameters List);

internal sealed record ListFilter(string Name, Type Type, IReadOnlyList<string> Operators);

public abstract partial class RecordSet<TEntity, TInput, TRow>
{
    /// <summary>Override to add the noun's verbs.</summary>
    /// <param name="records">The group <c>/api/v1/{module}/{noun}</c>.</param>
    protected virtual void MapVerbs(RouteGroupBuilder records)
    {
    }

    public void Map(RouteGroupBuilder module)
    {
        var records = module.MapGroup("/" + Noun).WithTags(Noun);
        var many = string.Concat(Noun.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        var one = typeof(TEntity).Name;

        // Local delegates: the route handler analyzer cannot follow type parameters in lambdas given to Map… directly.
        var list = async Task<Results<Ok<RecordPage<TRow>>, Refused>> (HttpRequest request, PlatformDb db, CancellationToken cancel) =>
        {
            var (page, refusal) = await ListAsync(db, request.Query, cancel);
            return page is null ? new Refused(refusal!) : TypedResults.Ok(page);
        };
        records.Get("", list).WithName($"list{many}").Requires(Page, Level.Read).WithSummary($"Lists {Noun.Replace('-', ' ')}.")
            .WithMetadata(new ListParameters([.. _filters.Values.Select(f => new ListFilter(f.Name, f.ValueType, f.Allowed))], [.. _sorts.Keys]));

        if (_name is not null)
        {
            var lookup = async Task<Ok<ItemList<LookupItem>>> (
                HttpContext http, PlatformDb db, CancellationToken cancel, [FromQuery, MaxLength(200)] string? search = null, [FromQuery] Guid[]? ids = null, [FromQuery, Range(1, 100)] int limit = 20) =>
                TypedResults.Ok(await LookupAsync(db, http.CurrentUser().Can(Page, Level.Read), search, ids ?? [], Math.Clamp(limit, 1, 100), cancel));
            var route = records.Get("/lookup", lookup).WithName($"lookup{many}");
            (LooksUpForEverybody ? route.RequiresMember() : route.RequiresAnyOf(Level.Read, _lookupPages)).WithSummary($"Finds {Noun} for a picker: id, name, and what tells those of the same name apart.");
        }

        var get = async Task<Results<Ok<TRow>, Refused>> (Guid id, PlatformDb db, HttpResponse response) =>
            await GetSharedAsync(db, id) is { } row ? Versioned(response, row) : new Refused(Refusals.NotFound);
        records.Get("/{id:guid}", get).WithName($"get{one}").Requires(Page, Level.Read).WithSummary($"Reads one of the {Noun}.");

        var create = async Task<Results<Created<TRow>, Refused>> (TInput input, HttpContext http, CancellationToken cancel) =>
        {
            var (row, refusal) = await CreateOnceAsync(http, input, cancel);
            if (row is null)
            {
                return new Refused(refusal!);
            }

            http.Response.Headers.ETag = VersionTag.Of(row.Version);
            return TypedResults.Created($"{http.Request.Path}/{row.Id}", row);
        };
        records.Post("", create).WithName($"create{one}").Requires(Page, Level.Write).TakesRequestKey().WithSummary($"Adds one of the {Noun}.");

        var update = async Task<Results<Ok<TRow>, Refused>> (Guid id, TInput input, HttpContext http, CancellationToken cancel) =>
            Answer(http.Response, await UpdateAsync(WriteContext.Of(http), id, VersionTag.Required(http.Request), input, cancel));
        records.Put("/{id:guid}", update).WithName($"update{one}").Requires(Page, Level.Write).WithMetadata(new NeedsVersion(true)).WithSummary("Replaces all fields.");

        var patch = async Task<Results<Ok<TRow>, Refused>> (Guid id, JsonObject changes, HttpContext http, CancellationToken cancel) =>
            Answer(http.Response, await PatchAsync(WriteContext.Of(http), id, VersionTag.Required(http.Request), changes, null, cancel));
        records.Patch("/{id:guid}", patch).WithName($"patch{one}").Requires(Page, Level.Write).WithMetadata(new NeedsVersion(true), new PartialOf(typeof(TInput))).WithSummary("Changes the named fields only; null clears one.");

        var delete = async Task<Results<NoContent, Refused>> (Guid id, HttpContext http, CancellationToken cancel) =>
            await DeleteAsync(WriteContext.Of(http), id, VersionTag.Optional(http.Request), cancel) is { } refusal ? new Refused(refusal) : TypedResults.NoContent();
        records.Delete("/{id:guid}", delete).WithName($"delete{one}").Requires(Page, Level.Write).WithMetadata(new NeedsVersion(false)).WithSummary("Moves it to the trash.");

        var restore = async Task<Results<Ok<TRow>, Refused>> (Guid id, RestoreRecordRequest? request, HttpContext http, CancellationToken cancel) =>
            Answer(http.Response, await RestoreAsync(WriteContext.Of(http), id, cancel, request?.Change));
        records.Post("/{id:guid}/restore", restore).WithName($"restore{one}").Requires(Page, Level.Write).WithSummary("Brings it back from the trash; with other values where its own were given away meanwhile.");

        var history = async Task<Results<Ok<ItemList<HistoryItem>>, Refused>> (Guid id, PlatformDb db, CancellationToken cancel) =>
            await HistoryAsync(db, id, cancel) is { } items ? TypedResults.Ok(items) : new Refused(Refusals.NotFound);
        records.Get("/{id:guid}/history", history).WithName($"history{one}").Requires(Page, Level.Read).WithSummary("Its changes, newest first.");

        var revert = async Task<Results<Ok<TRow>, Refused>> (Guid id, string changeId, RestoreVersionRequest? request, HttpContext http, CancellationToken cancel) =>
            Answer(http.Response, await RestoreVersionAsync(WriteContext.Of(http), id, VersionTag.Required(http.Request), changeId, request?.Fields, cancel));
        records.Post("/{id:guid}/history/{changeId}/restore", revert).WithName($"revert{one}").Requires(Page, Level.Write).WithMetadata(new NeedsVersion(true))
            .WithSummary("Puts back the values it had after that change, all or the named fields.");

        var bulk = async Task<Results<Ok<BulkResult>, Refused>> (BulkRequest request, HttpContext http, CancellationToken cancel) =>
        {
            var (result, refusal) = await BulkAsync(WriteContext.Of(http), request, cancel);
            return result is null ? new Refused(refusal!) : TypedResults.Ok(result);
        };
        records.Post("/bulk", bulk).WithName($"bulk{many}").Requires(Page, Level.Write).WithSummary("Changes, deletes or restores many.");

        var undo = async Task<Ok<BulkResult>> (BulkUndoRequest request, HttpContext http, CancellationToken cancel) =>
            TypedResults.Ok(await UndoBulkAsync(WriteContext.Of(http), request, cancel));
        records.Post("/bulk/undo", undo).WithName($"undoBulk{many}").Requires(Page, Level.Write).WithSummary("Takes back what a bulk change did, where nobody changed it since.");

        Comments.Map(records, Attachable, one);
        RecordShares.Map(records, Attachable, one);
        MapVerbs(records);
    }

    /// <summary>The row with its <c>ETag</c>, or the refusal.</summary>
    public static Results<Ok<TRow>, Refused> Answer(HttpResponse response, (TRow? Row, Refusal? Refusal) outcome) =>
        outcome.Row is null ? new Refused(outcome.Refusal!) : Versioned(response, outcome.Row);

    private static Ok<TRow> Versioned(HttpResponse response, TRow row)
    {
        response.Headers.ETag = VersionTag.Of(row.Version);
        return TypedResults.Ok(row);
    }
}

/// <summary>Fields to change on the way back from the trash, as in PATCH: a new code where another record took the old one.</summary>
public sealed record RestoreRecordRequest(JsonObject? Change);

/// <summary>The operation reads <c>If-Match</c>.</summary>
internal sealed record NeedsVersion(bool Required);

public static class VersionedEndpoints
{
    /// <summary>The verb takes <c>If-Match</c> where the caller wants to be sure of the version.</summary>
    public static TBuilder AcceptsVersion<TBuilder>(this TBuilder endpoint) where TBuilder : Microsoft.AspNetCore.Builder.IEndpointConventionBuilder =>
        endpoint.WithMetadata(new NeedsVersion(false));
}

/// <summary>The body is a merge patch of this input.</summary>
internal sealed record PartialOf(Type Input);
