using System.Security.Cryptography;
using System.Text;

namespace Tessera.Kernel.Exchange;

/// <summary>A column of the file as it is kept.</summary>
/// <param name="AmbiguousDate">A value of it that can be read as two dates.</param>
internal sealed record FileColumn(string Header, IReadOnlyList<string> Samples, string? AmbiguousDate, string? Field = null, MappingConfidence Confidence = MappingConfidence.None)
{
    public ImportColumn Shown(NounExchange? noun) => new(
        Header, Samples, Field, Confidence, AmbiguousDate is not null && Field is not null && noun?.Column(Field) is { Type: ColumnType.Date or ColumnType.Instant, Shown.ReadOnly: false }, AmbiguousDate);
}

/// <summary>Takes a file's columns for a noun's fields: by what was said the last time, by name, by what people call them, and by likeness.</summary>
internal static class ColumnGuess
{
    private const double LikeEnough = 0.5;

    /// <summary>Tells files with the same headers from others, whatever their order.</summary>
    public static string SignatureOf(IEnumerable<string> headers) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', headers.Select(HeaderSynonyms.Plain).Order(StringComparer.Ordinal)))))[..32];

    public static IReadOnlyList<FileColumn> Guess(IReadOnlyList<FileColumn> columns, NounExchange noun, IReadOnlyDictionary<string, string?>? remembered)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var guessed = columns.ToArray();
        if (remembered is not null)
        {
            Take((column, _) => remembered.TryGetValue(column.Header, out var field) && field is not null && noun.Column(field) is { } known ? known : null, MappingConfidence.Remembered);
        }

        // A column that was left out the last time is left out again.
        bool IsOpen(FileColumn column) => remembered is null || !remembered.ContainsKey(column.Header);
        Take((column, plain) => IsOpen(column) ? noun.Columns.FirstOrDefault(c => HeaderSynonyms.Plain(c.Field) == plain && IsPlausible(column, c)) : null, MappingConfidence.Exact);
        Take((column, plain) => IsOpen(column) ? noun.Columns.FirstOrDefault(c => c.Type == ColumnType.Reference && c.Field.EndsWith("Id", StringComparison.Ordinal) && HeaderSynonyms.Plain(c.Field[..^2]) == plain) : null, MappingConfidence.Exact);
        Take((column, plain) => IsOpen(column) ? Importable(noun, taken).FirstOrDefault(c => HeaderSynonyms.Same(plain, HeaderSynonyms.Plain(c.Field))) : null, MappingConfidence.Synonym);
        Take((column, plain) => IsOpen(column) ? MostAlike(noun, taken, plain) : null, MappingConfidence.Similar);
        return guessed;

        void Take(Func<FileColumn, string, NounColumn?> find, MappingConfidence confidence)
        {
            for (var i = 0; i < guessed.Length; i++)
            {
                if (guessed[i].Field is null && find(guessed[i], HeaderSynonyms.Plain(guessed[i].Header)) is { } column && taken.Add(column.Field))
                {
                    guessed[i] = guessed[i] with { Field = column.Field, Confidence = confidence };
                }
            }
        }
    }

    /// <summary>Other systems call their own numbers "id" too; ours are of one form.</summary>
    private static bool IsPlausible(FileColumn column, NounColumn field) =>
        field.Field != "id" || column.Samples.Count == 0 || column.Samples.Any(sample => Guid.TryParse(sample, out _));

    private static IEnumerable<NounColumn> Importable(NounExchange noun, HashSet<string> taken) =>
        noun.Columns.Where(c => !c.Shown.ReadOnly && c.Field != "id" && !taken.Contains(c.Field));

    private static NounColumn? MostAlike(NounExchange noun, HashSet<string> taken, string plain)
    {
        var ranked = Importable(noun, taken).Select(c => (Column: c, Likeness: Trigrams.Similarity(plain, HeaderSynonyms.Plain(c.Field)))).OrderByDescending(c => c.Likeness).Take(2).ToList();
        return ranked.Count > 0 && ranked[0].Likeness >= LikeEnough && (ranked.Count == 1 || ranked[1].Likeness < ranked[0].Likeness) ? ranked[0].Column : null;
    }
}
