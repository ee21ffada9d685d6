using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.RegularExpressions;
using Npgsql;

namespace Tessera.Kernel.Database;

/// <summary>
/// A query of EF's that is sent with others' (<see cref="SharedReads"/>): EF words it and reads its rows, but has no connection of its own.
/// Its rows are read while the others wait behind it, so it is for queries of a row or two.
/// </summary>
internal sealed partial class SharedQuery : SharedRead, IDisposable
{
    // EF reads on the thread that brings the answer: the reader stands on its rows only for so long.
    private readonly TaskCompletionSource<DbDataReader?> _answer = new();
    private readonly TaskCompletionSource _isRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private NpgsqlBatchCommand _tenant = null!;
    private NpgsqlBatchCommand _query = null!;

    /// <summary>Sends it, and waits for the reader of its rows.</summary>
    /// <param name="reads">With whose.</param>
    /// <param name="tenant">Says whose rows it may see; its answer is that tenant's id.</param>
    /// <param name="query">As EF words it.</param>
    /// <returns>Null when it could not be sent with others.</returns>
    /// <exception cref="StaleAccessException">The rights it was asked with have changed.</exception>
    public Task<DbDataReader?> SendAsync(SharedReads reads, NpgsqlBatchCommand tenant, NpgsqlCommand query)
    {
        _tenant = tenant;
        _query = Numbered.CommandOf(query);
        reads.Send(this);
        return _answer.Task;
    }

    public override void AddTo(NpgsqlBatchCommandCollection commands)
    {
        commands.Add(_tenant);
        commands.Add(_query);
    }

    public override async ValueTask ReadAsync(NpgsqlDataReader reader)
    {
        await reader.ReadAsync();
        var isStale = TenantInterceptor.IsNobody(reader.GetString(0));
        await reader.NextResultAsync();
        if (isStale)
        {
            _answer.SetException(new StaleAccessException());
            return;
        }

        _answer.SetResult(new LentReader(reader, _isRead));
        await _isRead.Task;
    }

    public override void GiveUp() => _answer.TrySetResult(null);

    /// <summary>Whoever asked has what they wanted, or no longer wants it.</summary>
    public void Dispose() => _isRead.TrySetResult();

    /// <summary>EF's text with <c>$1</c>, <c>$2</c> instead of names, so that it is not parsed each time it is sent.</summary>
    /// <param name="Text">EF's own where it cannot be told what is a name.</param>
    /// <param name="Names">Of the parameters in the order of their numbers; null: they keep their names.</param>
    private sealed partial record Numbered(string Text, IReadOnlyList<string>? Names)
    {
        private static readonly ConcurrentDictionary<string, Numbered> Known = new(StringComparer.Ordinal);

        public static NpgsqlBatchCommand CommandOf(NpgsqlCommand query)
        {
            var (text, names) = Known.GetOrAdd(query.CommandText, static (text, query) => Number(text, query), query);
            var command = new NpgsqlBatchCommand(text);
            foreach (var parameter in names is null ? query.Parameters : names.Select(name => query.Parameters[name]))
            {
                command.Parameters.Add(new NpgsqlParameter { ParameterName = names is null ? parameter.ParameterName : "", NpgsqlDbType = parameter.NpgsqlDbType, Value = parameter.Value });
            }

            return command;
        }

        private static Numbered Number(string text, NpgsqlCommand query)
        {
            if (TextWithAt().IsMatch(text))
            {
                return new Numbered(text, null);
            }

            var names = new List<string>();
            var numbered = Name().Replace(text, match =>
            {
                var name = match.Groups[1].Value;
                if (!query.Parameters.Contains(name))
                {
                    return match.Value;
                }

                if (!names.Contains(name))
                {
                    names.Add(name);
                }

                return $"${names.IndexOf(name) + 1}";
            });
            return new Numbered(numbered, names);
        }

        [GeneratedRegex(@"@(\w+)")]
        private static partial Regex Name();

        [GeneratedRegex("'[^']*@[^']*'")]
        private static partial Regex TextWithAt();
    }
}
