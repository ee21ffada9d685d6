using System.Collections.Concurrent;
using System.Data;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Tessera.Kernel.Database;

/// <summary>
/// Small reads that wait at the same moment go to PostgreSQL in one round trip, whoever asks: under load both sides then wake up once for
/// a dozen of them instead of once for each. Nothing waits for company: a read that comes alone goes alone, at once.
/// </summary>
/// <remarks>
/// What goes together is one implicit transaction, in which each statement sees what is committed when it begins. Each read brings the
/// statement that says whose rows it may see; if one fails, those that have no answer yet are told to ask by themselves, and so
/// nobody gets another's error.
/// </remarks>
internal sealed class SharedReads(NpgsqlDataSource database, ILogger<SharedReads> logger)
{
    /// <summary>The first of them waits for the last.</summary>
    internal const int MostTogether = 16;

    /// <summary>Round trips under way at the same time: while one is read here, PostgreSQL works on another, and a third may wait for a disk.</summary>
    internal static readonly int MostTrips = 3 * Environment.ProcessorCount;

    private readonly ConcurrentQueue<SharedRead> _waiting = new();
    private int _trips;

    /// <summary>How many wait for a trip.</summary>
    internal int Waiting => _waiting.Count;

    /// <summary>Sends the read as soon as one of the trips is free, which it mostly is.</summary>
    public void Send(SharedRead read)
    {
        _waiting.Enqueue(read);
        if (MayStart())
        {
            ThreadPool.UnsafeQueueUserWorkItem(static reads => _ = reads.TravelAsync(), this, preferLocal: false);
        }
    }

    private bool MayStart()
    {
        if (Interlocked.Increment(ref _trips) <= MostTrips)
        {
            return true;
        }

        Interlocked.Decrement(ref _trips);
        return false;
    }

    private async Task TravelAsync()
    {
        do
        {
            var together = new List<SharedRead>();
            try
            {
                await ReadWaitingAsync(together);
            }
            catch (Exception failed)
            {
                // Each then hears by itself what is wrong, if it is its own.
                logger.LogInformation(failed, "Reads could not be made together and are made one by one");
                GiveUp(together);
            }
            finally
            {
                Interlocked.Decrement(ref _trips);
            }
        }
        while (!_waiting.IsEmpty && MayStart());
    }

    private async Task ReadWaitingAsync(List<SharedRead> together)
    {
        if (!Take(together))
        {
            return;
        }

        await using var connection = await database.OpenConnectionAsync();
        try
        {
            do
            {
                await ReadAsync(connection, together);
            }
            while (Take(together));
        }
        catch
        {
            PreparedStatements.Forget(connection);
            throw;
        }
    }

    private bool Take(List<SharedRead> together)
    {
        together.Clear();
        while (together.Count < MostTogether && _waiting.TryDequeue(out var read))
        {
            together.Add(read);
        }

        return together.Count > 0;
    }

    private static async Task ReadAsync(NpgsqlConnection connection, List<SharedRead> together)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var read in together)
        {
            read.AddTo(batch.BatchCommands);
        }

        // A trip is one step in one trace: that of the read it would have been made for anyway.
        Activity.Current = together[0].AskedIn;
        await using var reader = await batch.ExecuteReaderAsync(CommandBehavior.Default);
        for (var i = 0; i < together.Count; i++)
        {
            if (i > 0)
            {
                await reader.NextResultAsync();
            }

            await together[i].ReadAsync(reader);
        }
    }

    /// <summary>These and all that wait behind them: without a database nobody should wait for one trip after the other to fail.</summary>
    private void GiveUp(List<SharedRead> together)
    {
        do
        {
            together.ForEach(read => read.GiveUp());
        }
        while (Take(together));
    }
}

/// <summary>One of the reads that go together.</summary>
internal abstract class SharedRead
{
    /// <summary>The request it is for.</summary>
    public Activity? AskedIn { get; } = Activity.Current;

    /// <summary>Adds its statements.</summary>
    public abstract void AddTo(NpgsqlBatchCommandCollection commands);

    /// <summary>Takes its answer; <paramref name="reader"/> stands on the result of its first statement and is left on that of its last.</summary>
    public abstract ValueTask ReadAsync(NpgsqlDataReader reader);

    /// <summary>There will be no answer: ask alone. Has no effect once the answer was taken.</summary>
    public abstract void GiveUp();
}

/// <summary>Whether a statement finds a row.</summary>
internal sealed class SharedQuestion(NpgsqlBatchCommand statement) : SharedRead
{
    private readonly TaskCompletionSource<bool?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Null when it could not be asked with others.</summary>
    public Task<bool?> Answer => _answer.Task;

    public override void AddTo(NpgsqlBatchCommandCollection commands) => commands.Add(statement);

    public override async ValueTask ReadAsync(NpgsqlDataReader reader) => _answer.SetResult(await reader.ReadAsync());

    public override void GiveUp() => _answer.TrySetResult(null);
}
