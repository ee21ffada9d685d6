using System.Globalization;
using System.Text;

namespace Tessera.Kernel.Exchange;

internal enum SqlTokenKind
{
    Word,
    QuotedName,
    Text,
    Number,
    Sign,
    End,
}

/// <summary>One token and the line it begins in.</summary>
internal readonly record struct SqlToken(SqlTokenKind Kind, string Value, int Line)
{
    public bool Is(string word) => Kind == SqlTokenKind.Word && Value.Equals(word, StringComparison.OrdinalIgnoreCase);

    public bool IsSign(char sign) => Kind == SqlTokenKind.Sign && Value[0] == sign;
}

/// <summary>Cuts SQL into tokens. Nothing of it is ever run: what is no name, word, number, text or one of a few signs is refused.</summary>
internal sealed class SqlTokens(TextReader reader)
{
    private const int LongestText = 1_000_000;

    private readonly StringBuilder _text = new();
    private int _line = 1;
    private bool _minusTaken;

    /// <exception cref="UnreadableFileException">Something that no INSERT of values has.</exception>
    public SqlToken Next()
    {
        SkipBlanks();
        var line = _line;
        if (_minusTaken)
        {
            _minusTaken = false;
            return new SqlToken(SqlTokenKind.Sign, "-", line);
        }

        var sign = reader.Peek();
        switch (sign)
        {
            case -1:
                return new SqlToken(SqlTokenKind.End, "", line);
            case '\'':
                return new SqlToken(SqlTokenKind.Text, Quoted('\'', '\''), line);
            case '"' or '`':
                return new SqlToken(SqlTokenKind.QuotedName, Quoted((char)sign, (char)sign), line);
            case '[':
                return new SqlToken(SqlTokenKind.QuotedName, Quoted('[', ']'), line);
            case '(' or ')' or ',' or ';' or '.' or '+':
                return new SqlToken(SqlTokenKind.Sign, ((char)Take()).ToString(), line);
        }

        if (char.IsAsciiDigit((char)sign))
        {
            return new SqlToken(SqlTokenKind.Number, While(c => char.IsAsciiLetterOrDigit(c) || c == '.'), line);
        }

        return char.IsLetter((char)sign) || sign == '_'
            ? new SqlToken(SqlTokenKind.Word, While(c => char.IsLetterOrDigit(c) || c is '_' or '$'), line)
            : throw Refused(line, ((char)sign).ToString());
    }

    public static UnreadableFileException Refused(int line, string what) => new(
        new Web.Refusal(422, "sql_not_allowed", $"Line {line.ToString(CultureInfo.InvariantCulture)}: '{what[..Math.Min(what.Length, 40)]}' is more than an INSERT of plain values, and nothing else is read.").With("line", line));

    private int Take()
    {
        var sign = reader.Read();
        _line += sign == '\n' ? 1 : 0;
        return sign;
    }

    private void SkipBlanks()
    {
        while (true)
        {
            var sign = reader.Peek();
            if (sign >= 0 && (char.IsWhiteSpace((char)sign) || sign == '\uFEFF'))
            {
                Take();
            }
            else if (sign == '-')
            {
                Take();
                if (reader.Peek() != '-')
                {
                    _minusTaken = true;
                    return;
                }

                while (reader.Peek() is not (-1 or '\n'))
                {
                    Take();
                }
            }
            else if (sign == '/')
            {
                Take();
                if (reader.Peek() != '*')
                {
                    throw Refused(_line, "/");
                }

                Take();
                SkipComment();
            }
            else
            {
                return;
            }
        }
    }

    private void SkipComment()
    {
        var (line, before) = (_line, ' ');
        while (true)
        {
            var sign = Take();
            if (sign == -1)
            {
                throw new UnreadableFileException("unterminated_comment", $"Line {line} opens a comment that is never closed.");
            }

            if (before == '*' && sign == '/')
            {
                return;
            }

            before = (char)sign;
        }
    }

    private string Quoted(char open, char close)
    {
        var line = _line;
        Take();
        _text.Clear();
        while (true)
        {
            var sign = Take();
            if (sign == -1)
            {
                throw new UnreadableFileException("unterminated_quote", $"Line {line} opens a {open} that is never closed.");
            }

            if (sign == close)
            {
                if (reader.Peek() != close)
                {
                    return _text.ToString();
                }

                Take();
            }

            _text.Append((char)sign);
            if (_text.Length > LongestText)
            {
                throw new UnreadableFileException("unterminated_quote", $"Line {line} opens a {open} that is not closed within a million characters.");
            }
        }
    }

    private string While(Func<char, bool> belongs)
    {
        _text.Clear();
        while (reader.Peek() is var sign && sign >= 0 && belongs((char)sign) && _text.Length < 200)
        {
            _text.Append((char)Take());
        }

        return _text.ToString();
    }
}
