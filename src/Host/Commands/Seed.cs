using Tessera.Kernel.Web;

namespace Tessera.Host.Commands;

/// <summary><c>seed</c>: adds the demo tenants that are missing.</summary>
internal static class Seed
{
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        var settings = HostSettings.Read(builder.Configuration, builder.Environment);
        if (settings.IsProduction)
        {
            await Console.Error.WriteLineAsync("Demo tenants have well-known passwords; they are not seeded with ASPNETCORE_ENVIRONMENT=Production.");
            return 1;
        }

        using var logs = LoggerFactory.Create(logging => logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning));
        await using var installation = await Installation.OpenAsync(settings, logs, CancellationToken.None);
        var start = new PlatformStart(installation.RuntimeConnectionString, settings.RequireSigningKey(), Demo: true, settings.DataDirectory);
        builder.Logging.ClearProviders();
        await using var app = Serve.Build(builder, settings, start);
        await DemoSeed.RunAsync(app.Services, CancellationToken.None);
        Console.WriteLine("The demo tenants are there.");
        return 0;
    }
}
