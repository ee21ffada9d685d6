namespace Tessera.Kernel.Exchange;

/// <summary>How alike two texts are, by the groups of three letters they share: the measure of PostgreSQL's pg_trgm.</summary>
internal static class Trigrams
{
    /// <summary>Shared groups among all groups, from 0 to 1.</summary>
    public static double Similarity(string one, string other) => Similarity(Of(one), Of(other));

    public static double Similarity(HashSet<int> one, HashSet<int> other)
    {
        var shared = one.Count(other.Contains);
        return one.Count + other.Count == 0 ? 0 : (double)shared / (one.Count + other.Count - shared);
    }

    /// <summary>The groups of a text's words, each word with two blanks before and one behind.</summary>
    public static HashSet<int> Of(string text)
    {
        var found = new HashSet<int>();
        var (a, b) = (' ', ' ');
        foreach (var letter in text.ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(letter))
            {
                found.Add(Code(a, b, letter));
                (a, b) = (b, letter);
            }
            else
            {
                End();
            }
        }

        End();
        return found;

        void End()
        {
            if (b != ' ')
            {
                found.Add(Code(a, b, ' '));
            }

            (a, b) = (' ', ' ');
        }
    }

    // Letters beyond 10 bits fall together now and then, which only makes two texts look a little more alike.
    private static int Code(char a, char b, char c) => ((a & 0x3ff) << 20) | ((b & 0x3ff) << 10) | (c & 0x3ff);
}
