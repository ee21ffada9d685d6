namespace Tessera.Timetabling.Formats;

/// <summary>The input cannot be read: what is wrong and where.</summary>
public sealed class InputException : Exception
{
    public InputException() { }

    public InputException(string message) : base(message) { }

    public InputException(string message, Exception inner) : base(message, inner) { }

    /// <param name="message">What is wrong.</param>
    /// <param name="line">Line from 1, 0 when unknown.</param>
    /// <param name="column">Column from 1, 0 when unknown.</param>
    public InputException(string message, int line, int column = 0)
        : base(line > 0 ? $"line {line}{(column > 0 ? $", column {column}" : "")}: {message}" : message) => (Line, Column) = (line, column);

    public int Line { get; }
    public int Column { get; }
}
