using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Records;

public abstract partial class RecordSet<TEntity, TInput, TRow>
{
    /// <summary>Saves a new record, once for each key.</summary>
    /// <param name="http">The request, whose key counts if it has one.</param>
    /// <param name="input">Its fields.</param>
    /// <param name="cancel">Ends the work.</param>
    private async Task<(TRow? Row, Refusal? Refusal)> CreateOnceAsync(HttpContext http, TInput input, CancellationToken cancel)
    {
        var context = WriteContext.Of(http);
        var (key, malformed) = Idempotency.Of(http.Request, input);
        if (key is null)
        {
            return malformed is null ? await CreateAsync(context, input, cancel) : (null, malformed);
        }

        var earlier = await ReplayAsync();
        if (earlier is not (null, null))
        {
            return earlier;
        }

        var outcome = await CreateAsync(context, input, cancel, key);
        if (outcome.Refusal is null)
        {
            return outcome;
        }

        // What stood in the way may be the record of the same request, carried out at the same moment.
        var first = await ReplayAsync();
        return first is (null, null) ? outcome : first;

        async Task<(TRow? Row, Refusal? Refusal)> ReplayAsync()
        {
            var (recordId, reused) = await key.FindAsync(context.Db, context.User.UserId, context.Clock.GetUtcNow(), cancel);
            if (recordId is not { } id)
            {
                return (null, reused);
            }

            http.Response.Headers[Idempotency.ReplayHeader] = "true";
            var row = await GetAsync(context.Db, id) ?? await GetWithTrashAsync(context.Db, id, cancel);
            return (row, row is null ? Refusals.NotFound : null);
        }
    }

    /// <summary>Saves a new record.</summary>
    internal async Task<(TRow? Row, Refusal? Refusal)> CreateAsync(WriteContext context, TInput input, CancellationToken cancel, Idempotency? key = null)
    {
        if (InputValidator.Validate(input) is { Count: > 0 } errors)
        {
            return (null, Refusals.Invalid(errors));
        }

        var entity = FieldMap<TEntity, TInput>.Create();
        FieldMap<TEntity, TInput>.ToEntity(input, entity);
        var inOneTrip = CreatesInOneTrip && Visible is null && context.Db is { OwnRowsOf: null, Database.CurrentTransaction: null };
        return inOneTrip ? await CreateInOneTripAsync(context, entity, input, key, cancel) : await SaveAsync(context, ChangeKind.Create, entity, input, reason: null, cancel, key);
    }

    private async Task<(TRow? Row, Refusal? Refusal)> CreateInOneTripAsync(WriteContext context, TEntity entity, TInput input, Idempotency? key, CancellationToken cancel)
    {
        var db = context.Db;
        var change = ChangeOf(context, ChangeKind.Create, entity, input, reason: null);
        var asked = AskRuleAsync(change, cancel);
        if (!asked.IsCompleted)
        {
            throw new InvalidOperationException($"{GetType().Name} says that its rule needs nothing but the new record, but it asks the database.");
        }

        if (await asked is { } refusal)
        {
            return (null, refusal);
        }

        try
        {
            return (await db.SaveInFrontAsync(entity, key?.For(db, context.User.UserId, entity.Id, change.Now), () => GetAsync(db, entity.Id)), null);
        }
        catch (PostgresException broken) when (broken.ConstraintName is not null)
        {
            if (await ExplainAsync(db, entity, broken, cancel) is { } explained)
            {
                return (null, explained);
            }

            throw;
        }
    }

    private static RecordChange<TEntity, TInput> ChangeOf(WriteContext context, ChangeKind kind, TEntity entity, TInput? input, string? reason) =>
        new(kind, entity, input, context.Db, context.User, context.Services, context.Clock.GetUtcNow().ToMicroseconds(), Text.OrNull(reason));

    /// <summary>Replaces all fields of the input.</summary>
    internal async Task<(TRow? Row, Refusal? Refusal)> UpdateAsync(WriteContext context, Guid id, VersionTag tag, TInput input, CancellationToken cancel)
    {
        var (entity, refusal) = await LoadAsync(context, id, tag, cancel);
        return entity is null ? (null, refusal) : await ApplyAsync(context, entity, input, action: null, cancel);
    }

    /// <summary>Changes the named fields only (RFC 7396): null clears, an absent field stays.</summary>
    internal async Task<(TRow? Row, Refusal? Refusal)> PatchAsync(
        WriteContext context, Guid id, VersionTag tag, JsonObject changes, string? action, CancellationToken cancel)
    {
        var (entity, refusal) = await LoadAsync(context, id, tag, cancel);
        if (entity is null)
        {
            return (null, refusal);
        }

        var (input, invalid) = Merge(FieldMap<TEntity, TInput>.ToInput(entity), changes);
        return input is null ? (null, invalid) : await ApplyAsync(context, entity, input, action, cancel);
    }

    /// <summary>Puts the record into the trash.</summary>
    internal async Task<Refusal?> DeleteAsync(WriteContext context, Guid id, VersionTag tag, CancellationToken cancel)
    {
        var (entity, refusal) = await LoadAsync(context, id, tag, cancel);
        if (entity is null)
        {
            return refusal;
        }

        return await TrashAsync(context, entity, cancel);
    }

    /// <summary>Brings the record back from the trash; live records stay as they are.</summary>
    /// <param name="context">The caller.</param>
    /// <param name="id">The record.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <param name="fields">Fields of the input to change on the way.</param>
    /// <param name="change">Alters the entity on its way.</param>
    internal async Task<(TRow? Row, Refusal? Refusal)> RestoreAsync(WriteContext context, Guid id, CancellationToken cancel, JsonObject? fields = null, Action<TEntity>? change = null)
    {
        var entity = await context.Db.Set<TEntity>().IgnoreQueryFilters(QueryFilters.WithTrash).FirstOrDefaultAsync(e => e.Id == id, cancel);
        if (entity is null)
        {
            return (null, Refusals.NotFound);
        }

        if (entity.DeletedAt is null)
        {
            var row = await GetAsync(context.Db, id) ?? await GetWithTrashAsync(context.Db, id, cancel);
            return (row, row is null ? Refusals.NotFound : null);
        }

        if (fields is { Count: > 0 } && Overwrite(entity, fields) is { } invalid)
        {
            return (null, invalid);
        }

        entity.DeletedAt = null;
        entity.DeletedBy = null;
        change?.Invoke(entity);
        return await SaveAsync(context, ChangeKind.Restore, entity, null, null, cancel);
    }

    /// <summary>
    /// Runs a verb: loads the record, lets <paramref name="change"/> alter it, and saves through the same path and rule as every
    /// other write.
    /// </summary>
    /// <param name="http">The request: caller and database.</param>
    /// <param name="id">The record.</param>
    /// <param name="tag">Version the caller saw; <see cref="VersionTag.Any"/> when the verb is safe on any.</param>
    /// <param name="change">Alters the entity, or refuses.</param>
    /// <param name="reason">Why, as the person said.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <param name="complete">Adds to the input, as the rule sees it, what the entity does not store.</param>
    public async Task<(TRow? Row, Refusal? Refusal)> AlterAsync(
        HttpContext http, Guid id, VersionTag tag, Func<TEntity, Refusal?> change, string? reason, CancellationToken cancel, Func<TInput, TInput>? complete = null)
    {
        var context = WriteContext.Of(http);
        var (entity, refusal) = await LoadAsync(context, id, tag, cancel);
        if (entity is null)
        {
            return (null, refusal);
        }

        if (change(entity) is { } refused)
        {
            context.Db.ChangeTracker.Clear();
            return (null, refused);
        }

        var input = FieldMap<TEntity, TInput>.ToInput(entity);
        return await SaveAsync(context, ChangeKind.Update, entity, complete is null ? input : complete(input), reason, cancel);
    }

    /// <summary>Puts a record into the trash as part of a verb, through the same path and rule as <c>DELETE</c>.</summary>
    /// <param name="http">The request: caller and database.</param>
    /// <param name="id">The record, at any version.</param>
    /// <param name="change">Alters the entity on its way.</param>
    /// <param name="cancel">Ends the work.</param>
    public async Task<Refusal?> TrashAsync(HttpContext http, Guid id, Action<TEntity> change, CancellationToken cancel)
    {
        var context = WriteContext.Of(http);
        var (entity, refusal) = await LoadAsync(context, id, VersionTag.Any, cancel);
        if (entity is null)
        {
            return refusal;
        }

        change(entity);
        return await TrashAsync(context, entity, cancel);
    }

    /// <summary>Brings a record back from the trash as part of a verb; a live one stays as it is.</summary>
    /// <param name="http">The request: caller and database.</param>
    /// <param name="id">The record.</param>
    /// <param name="change">Alters the entity on its way.</param>
    /// <param name="cancel">Ends the work.</param>
    public Task<(TRow? Row, Refusal? Refusal)> UntrashAsync(HttpContext http, Guid id, Action<TEntity> change, CancellationToken cancel) =>
        RestoreAsync(WriteContext.Of(http), id, cancel, change: change);

    private static Refusal? Overwrite(TEntity entity, JsonObject fields)
    {
        var (input, refusal) = Merge(FieldMap<TEntity, TInput>.ToInput(entity), fields);
        if (input is null)
        {
            return refusal;
        }

        if (InputValidator.Validate(input) is { Count: > 0 } errors)
        {
            return Refusals.Invalid(errors);
        }

        FieldMap<TEntity, TInput>.ToEntity(input, entity);
        return null;
    }

    internal static (TInput? Input, Refusal? Refusal) Merge(TInput current, JsonObject changes)
    {
        var merged = (JsonObject)JsonSerializer.SerializeToNode(current, PlatformJson.Options)!;
        foreach (var (field, value) in changes)
        {
            if (!merged.ContainsKey(field))
            {
                return (null, Refusals.Invalid(field, "This record has no such field."));
            }

            merged[field] = value?.DeepClone();
        }

        try
        {
            return (merged.Deserialize<TInput>(PlatformJson.Options), null);
        }
        catch (JsonException mismatch)
        {
            return (null, Refusals.Invalid(JsonPaths.ToField(mismatch.Path), "Not a valid value."));
        }
    }

    private async Task<Refusal?> TrashAsync(WriteContext context, TEntity entity, CancellationToken cancel)
    {
        entity.DeletedAt = context.Clock.GetUtcNow().ToMicroseconds();
        entity.DeletedBy = context.User.UserId;
        return (await SaveAsync(context, ChangeKind.Delete, entity, null, null, cancel)).Refusal;
    }

    private async Task<(TRow? Row, Refusal? Refusal)> ApplyAsync(WriteContext context, TEntity entity, TInput input, string? action, CancellationToken cancel)
    {
        if (InputValidator.Validate(input) is { Count: > 0 } errors)
        {
            return (null, Refusals.Invalid(errors));
        }

        FieldMap<TEntity, TInput>.ToEntity(input, entity);
        if (action is not null)
        {
            context.Db.Describe(entity, action);
        }

        return await SaveAsync(context, ChangeKind.Update, entity, input, null, cancel);
    }

    private async Task<(TEntity? Entity, Refusal? Refusal)> LoadAsync(WriteContext context, Guid id, VersionTag tag, CancellationToken cancel)
    {
        if (tag.IsMissing)
        {
            return (null, Refusals.VersionRequired);
        }

        var entity = await Live(context.Db).FirstOrDefaultAsync(e => e.Id == id, cancel);
        if (entity is null)
        {
            return (null, Refusals.NotFound);
        }

        return tag.Matches(entity.Version) ? (entity, null) : (null, Refusals.VersionConflict(await GetAsync(context.Db, id)));
    }

    /// <summary>The one path to the database: rule, record, change feed in one transaction, and each way it can be refused.</summary>
    private async Task<(TRow? Row, Refusal? Refusal)> SaveAsync(
        WriteContext context, ChangeKind kind, TEntity entity, TInput? input, string? reason, CancellationToken cancel, Idempotency? key = null)
    {
        var db = context.Db;
        var change = ChangeOf(context, kind, entity, input, reason);
        if (change.Reason is not null)
        {
            db.Describe(entity, reason: change.Reason);
        }

        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancel) : null;

        // A save that fails rolls back a transaction of its own whole; only one inside a verb's needs a point to return to.
        db.Database.AutoSavepointsEnabled = transaction is null;
        try
        {
            if (await AskRuleAsync(change, cancel) is { } refusal)
            {
                db.ChangeTracker.Clear();
                return (null, refusal);
            }

            if (kind == ChangeKind.Create)
            {
                db.Add(entity);
            }

            if (key is not null)
            {
                db.Add(key.For(db, context.User.UserId, entity.Id, change.Now));
            }

            await db.SaveChangesAsync(cancel);
            var row = kind == ChangeKind.Delete ? null : await GetAsync(db, entity.Id) ?? await GetWithTrashAsync(db, entity.Id, cancel);
            if (row is null && kind != ChangeKind.Delete)
            {
                // Not the writer's to see: nobody puts a record where they could not have found it.
                await RollBackAsync(db, transaction, cancel);
                return (null, Refusals.NotFound);
            }

            if (transaction is not null)
            {
                await transaction.CommitAsync(cancel);
            }

            return (row, null);
        }
        catch (DbUpdateConcurrencyException)
        {
            await RollBackAsync(db, transaction, cancel);
            return (null, Refusals.VersionConflict(await GetAsync(db, entity.Id)));
        }
        catch (DbUpdateException failed) when (failed.InnerException is PostgresException { ConstraintName: not null } broken)
        {
            await RollBackAsync(db, transaction, cancel);
            if (await ExplainAsync(db, entity, broken, cancel) is { } refusal)
            {
                return (null, refusal);
            }

            throw;
        }
        finally
        {
            db.Database.AutoSavepointsEnabled = true;
        }
    }

    private static async Task RollBackAsync(PlatformDb db, Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction? transaction, CancellationToken cancel)
    {
        if (transaction is not null)
        {
            await transaction.RollbackAsync(cancel);
            await transaction.DisposeAsync();
        }

        db.ChangeTracker.Clear();
    }

    private async Task<Refusal?> ExplainAsync(PlatformDb db, TEntity entity, PostgresException broken, CancellationToken cancel) =>
        broken.ConstraintName == RequestKeyMapping.Primary ? Idempotency.UnderWay : await ExplainAsync(db, entity, broken.ConstraintName!, broken.SqlState, cancel);

    internal async Task<Refusal?> ExplainAsync(PlatformDb db, TEntity entity, string constraint, string sqlState, CancellationToken cancel)
    {
        if (Explain(constraint) is { } own)
        {
            return own;
        }

        if (_unique.FirstOrDefault(u => u.Constraint == constraint) is { } unique)
        {
            return await DuplicateAsync(db, entity, unique, cancel);
        }

        return sqlState switch
        {
            PostgresErrorCodes.ForeignKeyViolation => Refusals.NotFound.On(FieldOf(constraint), "There is no such record here."),
            PostgresErrorCodes.CheckViolation => Refusals.Invalid(FieldOf(constraint), "Not a valid value."),
            PostgresErrorCodes.UniqueViolation => new Refusal(409, "duplicate_value", "Another record has this value already."),
            _ => null,
        };
    }

    /// <summary>Names the live record that has the value, and one in the trash that could be restored instead.</summary>
    private static async Task<Refusal> DuplicateAsync(PlatformDb db, TEntity entity, UniqueValue unique, CancellationToken cancel)
    {
        var value = unique.Column.Compile()(entity);
        var same = db.Set<TEntity>().IgnoreQueryFilters(QueryFilters.WithTrash)
            .Where(System.Linq.Expressions.Expression.Lambda<Func<TEntity, bool>>(
                System.Linq.Expressions.Expression.Equal(unique.Column.Body, ValueBox.Of(value)), unique.Column.Parameters))
            .Where(e => e.Id != entity.Id);
        var twins = await same.Select(e => new { e.Id, e.DeletedAt }).Take(20).ToListAsync(cancel);
        var refusal = new Refusal(409, "duplicate_value", "Another record has this value already.").On(unique.Field, "Already taken.");
        refusal = twins.Find(t => t.DeletedAt is null) is { } live ? refusal.With("existingId", live.Id) : refusal;
        return twins.Find(t => t.DeletedAt is not null) is { } trashed ? refusal.With("trashedId", trashed.Id) : refusal;
    }

    /// <summary>Constraints are named <c>kind_table_column</c>; the column is the field.</summary>
    private static string FieldOf(string constraint)
    {
        var table = Words.Snake(typeof(TEntity).Name) + "_";
        var at = constraint.IndexOf(table, StringComparison.Ordinal);
        var parts = (at < 0 ? constraint : constraint[(at + table.Length)..]).Split('_');
        return parts[0] + string.Concat(parts.Skip(1).Select(p => char.ToUpperInvariant(p[0]) + p[1..]));
    }
}
