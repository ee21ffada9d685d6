using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Jobs;

/// <summary>The run of a job went on without its lease and was broken off: the job is to be begun again.</summary>
internal sealed class JobLeaseLostException(Exception? inner) : Exception("The connection that held the job was lost.", inner);

/// <summary>
/// The right to run one job, held as an advisory lock on a connection of its own: whoever dies or loses the database loses the
/// lease with it, and never do two runners work at one job. Progress goes over the same connection.
/// </summary>
internal sealed class JobLease : IAsyncDisposable
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly NpgsqlConnection _connection;
    private readonly Guid _tenantId;
    private readonly Guid _jobId;

    private JobLease(NpgsqlConnection connection, Guid tenantId, Guid jobId) => (_connection, _tenantId, _jobId) = (connection, tenantId, jobId);

    public required string Kind { get; init; }

    public required string Title { get; init; }

    public required string Arguments { get; init; }

    public required Guid? RequestedById { get; init; }

    public required string RequestedByName { get; init; }

    public required string? TraceId { get; init; }

    public required int Attempt { get; init; }

    public required bool IsInline { get; init; }

    /// <summary>Waits until nobody else has the job, or looks only once, and takes it; null when it has ended meanwhile or somebody has it.</summary>
    public static async Task<JobLease?> TakeAsync(NpgsqlDataSource database, Guid tenantId, Guid jobId, DateTimeOffset now, CancellationToken cancel, bool waits = true)
    {
        var connection = await database.OpenConnectionAsync(cancel);
        try
        {
            await ExecuteAsync(connection, "select set_config('app.tenant_id', $1, false)", cancel, tenantId.ToString());
            while (true)
            {
                if (await ScalarAsync(connection, "select status from kernel.job where tenant_id = $1 and id = $2", cancel, tenantId, jobId) is not string status || status is not ("queued" or "running"))
                {
                    await connection.DisposeAsync();
                    return null;
                }

                if (await ScalarAsync(connection, "select pg_try_advisory_lock(hashtextextended($1, 0))", cancel, LockName(jobId)) is true)
                {
                    if (await ClaimAsync(connection, tenantId, jobId, now, cancel) is { } lease)
                    {
                        return lease;
                    }

                    await ExecuteAsync(connection, "select pg_advisory_unlock(hashtextextended($1, 0))", cancel, LockName(jobId));
                }
                else if (waits)
                {
                    await Task.Delay(Retry, cancel);
                }
                else
                {
                    await connection.DisposeAsync();
                    return null;
                }
            }
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Writes progress and a sign of life. The disk is not waited for: a lost one is followed by the next, and with it would come all that a
    /// long transaction has written so far.
    /// </summary>
    /// <returns>Whether somebody asked to cancel.</returns>
    public async Task<bool> BeatAsync(JobProgress progress, CancellationToken cancel) => await ScalarAsync(
        _connection,
        """
        update kernel.job set step = $3, done = $4, total = $5, heartbeat_at = clock_timestamp()
        where tenant_id = $1 and id = $2 and status = 'running' and set_config('synchronous_commit', 'off', true) = 'off'
        returning cancel_requested_at is not null
        """,
        cancel,
        _tenantId,
        _jobId,
        (object?)progress.Step ?? DBNull.Value,
        progress.Done,
        (object?)progress.Total ?? DBNull.Value) is true;

    /// <summary>Whether the job's success is committed, whatever became of its run since.</summary>
    public async Task<bool> HasSucceededAsync(CancellationToken cancel) =>
        await ScalarAsync(_connection, "select status = 'succeeded' from kernel.job where tenant_id = $1 and id = $2", cancel, _tenantId, _jobId) is true;

    /// <summary>Writes how the job ended, unless that is written already.</summary>
    public Task EndAsync(JobStatus status, JobProgress progress, JobOutcome? outcome, DateTimeOffset now, CancellationToken cancel) => ExecuteAsync(
        _connection,
        """
        update kernel.job set status = $3, step = $4, done = $5, total = $6, result = $7::jsonb, error_code = $8, error_detail = $9, finished_at = $10
        where tenant_id = $1 and id = $2 and status = 'running'
        """,
        cancel,
        _tenantId,
        _jobId,
        Records.Words.Of(status),
        (object?)progress.Step ?? DBNull.Value,
        progress.Done,
        (object?)progress.Total ?? DBNull.Value,
        outcome?.Result is { } result ? JsonSerializer.Serialize(result, PlatformJson.Options) : DBNull.Value,
        (object?)outcome?.Refusal?.Code ?? DBNull.Value,
        (object?)outcome?.Refusal?.Detail ?? DBNull.Value,
        now);

    /// <summary>Back into the queue: this host stops, another run goes on.</summary>
    public Task GiveBackAsync(CancellationToken cancel) =>
        ExecuteAsync(_connection, "update kernel.job set status = 'queued', heartbeat_at = null where tenant_id = $1 and id = $2 and status = 'running'", cancel, _tenantId, _jobId);

    public async ValueTask DisposeAsync()
    {
        try
        {
            // The pool keeps the session, and with it the lock.
            await ExecuteAsync(_connection, "select pg_advisory_unlock(hashtextextended($1, 0))", CancellationToken.None, LockName(_jobId));
        }
        catch (Exception broken) when (broken is NpgsqlException or InvalidOperationException)
        {
            NpgsqlConnection.ClearPool(_connection);
        }

        await _connection.DisposeAsync();
    }

    private static string LockName(Guid jobId) => "job:" + jobId;

    private static async Task<JobLease?> ClaimAsync(NpgsqlConnection connection, Guid tenantId, Guid jobId, DateTimeOffset now, CancellationToken cancel)
    {
        await using var command = Command(
            connection,
            """
            update kernel.job set status = 'running', attempts = attempts + 1, started_at = coalesce(started_at, $3), heartbeat_at = clock_timestamp()
            where tenant_id = $1 and id = $2 and status in ('queued', 'running')
            returning kind, title, arguments, requested_by_id, requested_by_name, trace_id, attempts, is_inline
            """,
            tenantId,
            jobId,
            now);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel)
            ? new JobLease(connection, tenantId, jobId)
            {
                Kind = reader.GetString(0),
                Title = reader.GetString(1),
                Arguments = reader.GetString(2),
                RequestedById = reader.IsDBNull(3) ? null : reader.GetGuid(3),
                RequestedByName = reader.GetString(4),
                TraceId = reader.IsDBNull(5) ? null : reader.GetString(5),
                Attempt = reader.GetInt32(6),
                IsInline = reader.GetBoolean(7),
            }
            : null;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        for (var i = 0; i < parameters.Length; i++)
        {
            command.Parameters.Add(parameters[i] is DBNull ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NullTypeOf(sql, i) } : new NpgsqlParameter { Value = parameters[i] });
        }

        return command;
    }

    /// <summary>PostgreSQL wants to know of what type a null is; the only numbers that may be null are totals.</summary>
    private static NpgsqlDbType NullTypeOf(string sql, int index) => sql.Contains($"total = ${index + 1}", StringComparison.Ordinal) ? NpgsqlDbType.Bigint : NpgsqlDbType.Text;

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel, params object[] parameters)
    {
        await using var command = Command(connection, sql, parameters);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken cancel, params object[] parameters)
    {
        await using var command = Command(connection, sql, parameters);
        return await command.ExecuteScalarAsync(cancel);
    }
}
