using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Records;

public enum BulkAction
{
    Update,
    Delete,
    Restore,
}

/// <summary>One change of many records.</summary>
public sealed record BulkRequest
{
    public BulkAction Action { get; init; }

    [Required, MinLength(1), MaxLength(500)]
    public IReadOnlyList<Guid> Ids { get; init; } = [];

    /// <summary>For <c>update</c>: the fields to set, as in PATCH.</summary>
    public JsonObject? Change { get; init; }
}

public sealed record BulkFailure(Guid Id, string Code, string Detail);

/// <summary>What became of each record: one that is refused does not hold up the others.</summary>
public sealed record BulkResult(IReadOnlyList<Guid> Succeeded, IReadOnlyList<BulkFailure> Failed);

public abstract partial class RecordSet<TEntity, TInput, TRow>
{
    internal async Task<(BulkResult? Result, Refusal? Refusal)> BulkAsync(WriteContext context, BulkRequest request, CancellationToken cancel)
    {
        if (request.Action == BulkAction.Update && request.Change is not { Count: > 0 })
        {
            return (null, Refusals.Invalid("change", "Name at least one field to change."));
        }

        var succeeded = new List<Guid>();
        var failed = new List<BulkFailure>();
        foreach (var id in request.Ids.Distinct())
        {
            var refusal = request.Action switch
            {
                BulkAction.Delete => await DeleteAsync(context, id, VersionTag.Any, cancel),
                BulkAction.Restore => (await RestoreAsync(context, id, cancel)).Refusal,
                _ => (await PatchAsync(context, id, VersionTag.Any, request.Change!, action: null, cancel)).Refusal,
            };
            if (refusal is null)
            {
                succeeded.Add(id);
            }
            else
            {
                failed.Add(new BulkFailure(id, refusal.Code, refusal.Errors?.Values.FirstOrDefault()?.FirstOrDefault() ?? refusal.Detail));
            }

            context.Db.ChangeTracker.Clear();
        }

        return (new BulkResult(succeeded, failed), null);
    }
}
