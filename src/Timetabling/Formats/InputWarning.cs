namespace Tessera.Timetabling.Formats;

/// <summary>Something in the input that was understood only in part or not at all.</summary>
public sealed record InputWarning(int Line, string Message)
{
    public override string ToString() => Line > 0 ? $"line {Line}: {Message}" : Message;
}
