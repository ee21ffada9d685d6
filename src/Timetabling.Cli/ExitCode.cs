namespace Tessera.Timetabling.Cli;

/// <summary>What the commands tell the shell.</summary>
internal static class ExitCode
{
    public const int Complete = 0;
    public const int BadInput = 1;
    public const int Partial = 2;
    public const int Impossible = 3;
}
