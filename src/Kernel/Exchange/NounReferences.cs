using System.Linq.Expressions;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;

namespace Tessera.Kernel.Exchange;

/// <summary>What texts lead to: for each text that was found, every record it means.</summary>
internal sealed record ReferenceAnswers(IReadOnlyDictionary<string, IReadOnlyList<LookupItem>> Found);

internal sealed partial class NounExchange<TEntity, TInput, TRow>
{
    public override async Task<ReferenceAnswers> ResolveAsync(PlatformDb db, IReadOnlyCollection<string> texts, bool byName, CancellationToken cancel)
    {
        var found = new Dictionary<string, IReadOnlyList<LookupItem>>(StringComparer.Ordinal);
        var ids = texts.Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).Distinct().ToArray();
        if (ids.Length > 0)
        {
            var known = (await _set.Query(db).AsNoTracking().Where(r => ids.Contains(r.Id)).Select(r => r.Id).ToListAsync(cancel)).ToHashSet();
            foreach (var text in texts.Where(text => Guid.TryParse(text, out var id) && known.Contains(id)))
            {
                found[text] = [new LookupItem(Guid.Parse(text), text)];
            }
        }

        foreach (var unique in byName ? _set.UniqueValues : [])
        {
            var open = texts.Where(text => !found.ContainsKey(text) && !Guid.TryParse(text, out _)).ToList();
            var byKey = (await KeyedAsync(db, unique, open, cancel)).ToLookup(k => k.Key, k => k.Id, StringComparer.Ordinal);
            foreach (var text in open)
            {
                if (KeysOf(text).SelectMany(key => byKey[key]).Distinct().ToList() is { Count: > 0 } matches)
                {
                    found[text] = [.. matches.Select(id => new LookupItem(id, text))];
                }
            }
        }

        var unnamed = byName && _set.RecordName is not null ? texts.Where(text => !found.ContainsKey(text) && !Guid.TryParse(text, out _)).ToList() : [];
        if (unnamed.Count > 0)
        {
            var name = _set.RecordName!;
            var wanted = unnamed.Select(text => text.ToLowerInvariant()).Distinct().ToList();
            var lower = Expression.Call(name.Body, nameof(string.ToLower), Type.EmptyTypes);
            var isOne = Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(string)], ValueBox.Of<IEnumerable<string>>(wanted), lower);
            var item = Expression.New(typeof(LookupItem).GetConstructors()[0], Expression.Property(name.Parameters[0], nameof(TenantRecord.Id)), name.Body);
            var named = await _set.Query(db).AsNoTracking().Where(Expression.Lambda<Func<TEntity, bool>>(isOne, name.Parameters))
                .Select(Expression.Lambda<Func<TEntity, LookupItem>>(item, name.Parameters)).ToListAsync(cancel);
            var byText = named.ToLookup(n => n.Name.ToLowerInvariant(), StringComparer.Ordinal);
            foreach (var text in unnamed.Where(text => byText.Contains(text.ToLowerInvariant())))
            {
                found[text] = [.. byText[text.ToLowerInvariant()]];
            }
        }

        return new ReferenceAnswers(found);
    }

    public override async Task<IReadOnlyList<LookupItem>> NamesAsync(PlatformDb db, int most, CancellationToken cancel)
    {
        if (_set.RecordName is not { } name)
        {
            return [];
        }

        var item = Expression.New(typeof(LookupItem).GetConstructors()[0], Expression.Property(name.Parameters[0], nameof(TenantRecord.Id)), name.Body);
        return await _set.Query(db).AsNoTracking().OrderByDescending(r => r.CreatedAt).ThenByDescending(r => r.Id).Take(most)
            .Select(Expression.Lambda<Func<TEntity, LookupItem>>(item, name.Parameters)).ToListAsync(cancel);
    }

    /// <summary>Live records that have one of the keys, in any of the spellings a key is stored in.</summary>
    internal async Task<List<KeyedId>> KeyedAsync(PlatformDb db, RecordSet<TEntity, TInput, TRow>.UniqueValue unique, IReadOnlyCollection<string> texts, CancellationToken cancel)
    {
        var keys = texts.SelectMany(KeysOf).Distinct().ToList();
        if (keys.Count == 0)
        {
            return [];
        }

        var record = unique.Column.Parameters[0];
        var isOne = Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(string)], ValueBox.Of<IEnumerable<string?>>(keys), unique.Column.Body);
        var keyed = Expression.MemberInit(
            Expression.New(typeof(KeyedId)),
            Expression.Bind(typeof(KeyedId).GetProperty(nameof(KeyedId.Key))!, unique.Column.Body),
            Expression.Bind(typeof(KeyedId).GetProperty(nameof(KeyedId.Id))!, Expression.Property(record, nameof(TenantRecord.Id))));
        return await _set.Query(db).AsNoTracking().Where(Expression.Lambda<Func<TEntity, bool>>(isOne, record))
            .Select(Expression.Lambda<Func<TEntity, KeyedId>>(keyed, record)).ToListAsync(cancel);
    }

    /// <summary>The spellings a natural key may be stored in: as it is, and folded to one case.</summary>
    internal static IEnumerable<string> KeysOf(string text)
    {
        var plain = text.Trim().Normalize(NormalizationForm.FormC);
        return new[] { plain, plain.ToLowerInvariant(), plain.ToUpperInvariant() }.Distinct(StringComparer.Ordinal);
    }

    internal sealed class KeyedId
    {
        public string Key { get; init; } = "";

        public Guid Id { get; init; }
    }
}
