namespace Tessera.Host.Commands;

/// <summary><c>migrate</c>: brings the database to this build's schema and says what was applied.</summary>
internal static class Migrate
{
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        var settings = HostSettings.Read(builder.Configuration, builder.Environment);
        using var logs = LoggerFactory.Create(logging => logging.AddSimpleConsole());
        await using var installation = await Installation.OpenAsync(settings, logs, CancellationToken.None);
        Console.WriteLine("The database is up to date.");
        return 0;
    }
}
