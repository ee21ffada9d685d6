namespace Tessera.Timetabling.Cli;

/// <summary>A file or option that cannot be used; the message names the file and, where known, the line.</summary>
internal sealed class BadInputException : Exception
{
    public BadInputException() { }

    public BadInputException(string message) : base(message) { }

    public BadInputException(string message, Exception inner) : base(message, inner) { }
}
