using System.Collections.Concurrent;
using System.Diagnostics;

namespace Tessera.Testing;

/// <summary>
/// Which statements one call sends to PostgreSQL, each a round trip. Calls are told apart by their trace id, so tests that run
/// beside this one, and background work, do not count.
/// </summary>
public sealed class Statements
{
    private static readonly ConcurrentDictionary<ActivityTraceId, ConcurrentQueue<string>> Watched = [];

    private static readonly AsyncLocal<ActivityContext?> Current = new();

    static Statements() => ActivitySource.AddActivityListener(new ActivityListener
    {
        ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
        Sample = (ref ActivityCreationOptions<ActivityContext> options) => Watched.ContainsKey(options.TraceId) ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
        ActivityStopped = activity =>
        {
            if (activity.Source.Name == "Npgsql" && Watched.TryGetValue(activity.TraceId, out var statements) &&
                (activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement")) is string text)
            {
                statements.Enqueue(text);
            }
        },
    });

    /// <summary>The header by which the host continues the watched trace; null outside <see cref="DuringAsync"/>.</summary>
    internal static string? TraceParent => Current.Value is { } context ? $"00-{context.TraceId}-{context.SpanId}-01" : null;

    /// <summary>The text of every statement sent because of the calls made in <paramref name="calls"/>, in order.</summary>
    public async Task<IReadOnlyList<string>> DuringAsync(Func<Task> calls)
    {
        var context = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        var statements = Watched[context.TraceId] = [];
        Current.Value = context;
        try
        {
            await calls();
            return [.. statements];
        }
        finally
        {
            Current.Value = null;
            Watched.TryRemove(context.TraceId, out _);
        }
    }
}
