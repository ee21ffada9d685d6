using Tessera.Kernel.Records;

namespace Tessera.Kernel.Exchange;

/// <summary>Finds names that are nearly the same among many, in memory: one statement reads them, none is asked for each row.</summary>
internal sealed class NameIndex
{
    /// <summary>More names than this are not compared: every other row would look like something.</summary>
    public const int MostNames = 50_000;

    private const double LikeEnough = 0.55;

    /// <summary>Names that are looked at for one row, rarest letters first.</summary>
    private const int MostLookedAt = 1_000;

    /// <summary>Comparisons of one import; behind them only equal names are found. A warning is not worth a minute's wait.</summary>
    private const int MostComparisons = 3_000_000;

    private readonly IReadOnlyList<LookupItem> _items;
    private readonly int[][] _trigrams;
    private readonly Dictionary<int, List<int>> _byTrigram = [];
    private readonly ILookup<string, LookupItem> _equal;

    /// <summary>For each name, the question it was last looked at for.</summary>
    private readonly int[] _lookedAt;

    private int _question;
    private int _left = MostComparisons;

    public NameIndex(IReadOnlyList<LookupItem> items)
    {
        _items = items;
        _equal = items.ToLookup(item => item.Name.Trim().ToLowerInvariant(), StringComparer.Ordinal);
        _trigrams = [.. items.Select(item => Trigrams.Of(item.Name))];
        _lookedAt = new int[items.Count];
        for (var i = 0; i < _trigrams.Length; i++)
        {
            foreach (var trigram in _trigrams[i])
            {
                (_byTrigram.TryGetValue(trigram, out var list) ? list : _byTrigram[trigram] = []).Add(i);
            }
        }
    }

    /// <summary>The most alike first.</summary>
    public IReadOnlyList<LookupItem> Like(string name, int most, double likeEnough = LikeEnough)
    {
        if (_items.Count == 0)
        {
            return [];
        }

        if (_left <= 0)
        {
            return [.. _equal[name.Trim().ToLowerInvariant()].Take(most)];
        }

        var wanted = Trigrams.Of(name);

        // What is alike by this much shares at least one of the rarest letters groups; the common ones need not be followed.
        var needed = wanted.Length - (int)Math.Ceiling(likeEnough * wanted.Length) + 1;
        var (seen, found) = (0, new List<(LookupItem Item, double Likeness)>());
        _question++;
        foreach (var list in wanted.Select(t => _byTrigram.GetValueOrDefault(t)).OrderBy(list => list?.Count ?? 0).Take(needed).OfType<List<int>>())
        {
            foreach (var i in list)
            {
                if (seen >= MostLookedAt)
                {
                    break;
                }

                if (_lookedAt[i] == _question)
                {
                    continue;
                }

                (_lookedAt[i], seen) = (_question, seen + 1);
                if (CanBeLike(wanted.Length, _trigrams[i].Length, likeEnough) && Trigrams.Similarity(wanted, _trigrams[i]) is var likeness && likeness >= likeEnough)
                {
                    found.Add((_items[i], likeness));
                }
            }
        }

        _left -= seen;
        return found.Count == 0 ? [] : [.. found.OrderByDescending(m => m.Likeness).ThenBy(m => m.Item.Name, StringComparer.Ordinal).Take(most).Select(m => m.Item)];
    }

    /// <summary>Texts of very different length share too little, whatever their letters.</summary>
    private static bool CanBeLike(int one, int other, double likeEnough) => Math.Min(one, other) >= likeEnough * Math.Max(one, other);
}
