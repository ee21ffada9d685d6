using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using NpgsqlTypes;

namespace Tessera.Kernel.Database;

/// <summary>
/// The one place that tells PostgreSQL whose rows a command may touch. A read carries the setting in front of its own
/// text, so it costs no round trip; with a <see cref="SessionGuard"/> the same statement proves that the cached access
/// decision still holds. A query that goes with others' (<see cref="SharedQuery"/>) takes it along. A save gets the setting
/// as a command of its own: Npgsql's EF provider reads affected rows by the statement's position, and a statement in front
/// would be taken for the update's result.
/// </summary>
internal sealed class TenantInterceptor(SharedReads reads) : DbCommandInterceptor, IDbConnectionInterceptor
{
    private const string Tenant = "select set_config('app.tenant_id',@app_tenant,false)";

    // An access stamp that moved leaves no tenant at all: the read sees nothing, and the empty answer raises StaleAccessException.
    private const string GuardedTenant =
        "select set_config('app.tenant_id',coalesce((select @app_tenant from kernel.session where id=@app_session and access_stamp=@app_stamp),'" + Nobody + "'),false)";

    private const string End = ";\n";

    private const string Nobody = "00000000-0000-0000-0000-000000000000";

    // These hold for this implicit transaction only, so nothing stays behind on the pooled connection.
    private const string KeepPlan = ",set_config('plan_cache_mode','force_generic_plan',true)";

    private const string KeepPlanInOrder = KeepPlan + ",set_config('enable_sort','off',true)";

    /// <summary>Whether this answer to the tenant's setting means that the rights it rests on have changed.</summary>
    public static bool IsNobody(string tenant) => tenant == Nobody;

    public static async Task SetTenantAsync(PlatformDb db, CancellationToken cancel)
    {
        await db.SettledAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = Setting(command.Parameters, db.Scope with { Guard = null }, "");
        command.Transaction = db.Database.CurrentTransaction is { } current
            ? Microsoft.EntityFrameworkCore.Storage.DbContextTransactionExtensions.GetDbTransaction(current)
            : null;
        await command.ExecuteNonQueryAsync(cancel);
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (IsPrefixed(eventData))
        {
            var db = (PlatformDb)eventData.Context!;
            if (db.TakeSharedQuery() is { } shared)
            {
                return ShareAsync(shared, (NpgsqlCommand)command, db.Scope, result, cancellationToken);
            }

            Prefix(command, db.Scope, db.TakeRowsInFront());
        }

        return WhenSettled(eventData, result);
    }

    /// <summary>A query that goes with others' needs no connection.</summary>
    public ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(eventData.Context is PlatformDb { HasSharedQuery: true } ? InterceptionResult.Suppress() : result);

    public override async ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        if (!IsPrefixed(eventData) || result is LentReader)
        {
            return result;
        }

        await result.ReadAsync(cancellationToken);
        if (IsNobody(result.GetString(0)))
        {
            await result.DisposeAsync();
            throw new StaleAccessException();
        }

        try
        {
            await result.NextResultAsync(cancellationToken);
            return result;
        }
        catch
        {
            // Here nobody else hears of it.
            PreparedStatements.Doubt(command);
            await result.DisposeAsync();
            throw;
        }
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (IsPrefixed(eventData))
        {
            // Without the guard: a write decides on fresh access before it starts.
            Prefix(command, ((PlatformDb)eventData.Context!).Scope with { Guard = null }, rows: null);
        }

        return WhenSettled(eventData, result);
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) => throw Synchronous();

    public override InterceptionResult<int> NonQueryExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result) => throw Synchronous();

    public override InterceptionResult<object> ScalarExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result) => throw Synchronous();

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Read a row instead of a scalar: a scalar would see the tenant setting's result.");

    private static NotSupportedException Synchronous() => new("The database is used asynchronously only.");

    /// <summary>A connection takes one statement at a time: what is under way comes first.</summary>
    private static ValueTask<InterceptionResult<T>> WhenSettled<T>(CommandEventData eventData, InterceptionResult<T> result) =>
        eventData.Context is PlatformDb { IsSettled: false } db ? WhenSettledAsync(db, result) : ValueTask.FromResult(result);

    private static async ValueTask<InterceptionResult<T>> WhenSettledAsync<T>(PlatformDb db, InterceptionResult<T> result)
    {
        await db.SettledAsync();
        return result;
    }

    private async ValueTask<InterceptionResult<DbDataReader>> ShareAsync(
        SharedQuery shared, NpgsqlCommand command, TenantScope scope, InterceptionResult<DbDataReader> result, CancellationToken cancel)
    {
        var tenant = new NpgsqlBatchCommand();
        tenant.CommandText = Setting(tenant.Parameters, scope, command.CommandText);
        if (await shared.SendAsync(reads, tenant, command) is { } rows)
        {
            return InterceptionResult<DbDataReader>.SuppressWithResult(rows);
        }

        // EF was told that its connection is open.
        await command.Connection!.OpenAsync(cancel);
        Prefix(command, scope, rows: null);
        return result;
    }

    private static bool IsPrefixed(CommandEventData eventData) =>
        eventData is { CommandSource: not CommandSource.SaveChanges, Context: PlatformDb };

    private static void Prefix(DbCommand command, TenantScope scope, RowsInFront? rows)
    {
        var text = command.CommandText;
        command.CommandText = Setting(command.Parameters, scope, text) + rows?.Text + text;
        rows?.AddParameters(command);
    }

    /// <summary>The statement that goes in front of <paramref name="text"/>; its parameters are added to <paramref name="parameters"/>.</summary>
    private static string Setting(DbParameterCollection parameters, TenantScope scope, string text)
    {
        parameters.Add(new NpgsqlParameter<string>("app_tenant", NpgsqlDbType.Text) { TypedValue = scope.TenantId.ToString() });
        if (scope.Guard is { } guard)
        {
            parameters.Add(new NpgsqlParameter<Guid>("app_session", NpgsqlDbType.Uuid) { TypedValue = guard.SessionId });
            parameters.Add(new NpgsqlParameter<long>("app_stamp", NpgsqlDbType.Bigint) { TypedValue = guard.AccessStamp });
        }

        var isGuarded = scope.Guard is not null;
        return !text.StartsWith(SamePlan.Comment, StringComparison.Ordinal) ? isGuarded ? GuardedTenant + End : Tenant + End
            : text.StartsWith(SamePlan.OrderComment, StringComparison.Ordinal) ? isGuarded ? GuardedTenant + KeepPlanInOrder + End : Tenant + KeepPlanInOrder + End
            : isGuarded ? GuardedTenant + KeepPlan + End : Tenant + KeepPlan + End;
    }
}
