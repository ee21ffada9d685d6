using Tessera.Host.Commands;

return await HostCommand.RunAsync(args);

/// <summary>The host's entry point; tests start it through their factory.</summary>
public partial class Program;
