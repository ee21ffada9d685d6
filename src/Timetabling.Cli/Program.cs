using System.CommandLine;
using System.Globalization;
using Tessera.Timetabling.Cli;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var root = new RootCommand("Makes, checks and explains timetables of schools (.fet, or .xml in XHSTT, plain or gzipped) and of university courses (.ctt).")
{
    SolveCommand.Create(),
    CheckCommand.Create(),
    ExplainCommand.Create(),
};
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        // A search that is told to end writes the best it has.
        ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
    });
}
catch (BadInputException e)
{
    Console.Error.WriteLine(e.Message);
    return ExitCode.BadInput;
}
