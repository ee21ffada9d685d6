namespace Tessera.Kernel.Exchange;

/// <summary>How alike two texts are, by the groups of three letters they share: the measure of PostgreSQL's pg_trgm.</summary>
internal static class Trigrams
{
    /// <summary>Shared groups among all groups, from 0 to 1.</summary>
    public static double Similarity(string one, string other) => Similarity(Of(one), Of(other));

    /// <summary>Of two texts' groups, each in order.</summary>
    public static double Similarity(int[] one, int[] other)
    {
        var shared = 0;
        for (int i = 0, j = 0; i < one.Length && j < other.Length;)
        {
            var (a, b) = (one[i], other[j]);
            shared += a == b ? 1 : 0;
            i += a <= b ? 1 : 0;
            j += b <= a ? 1 : 0;
        }

        return one.Length + other.Length == 0 ? 0 : (double)shared / (one.Length + other.Length - shared);
    }

    /// <summary>The groups of a text's words in order, each once; each word has two blanks before and one behind.</summary>
    public static int[] Of(string text)
    {
        var found = new SortedSet<int>();
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
        return [.. found];

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
