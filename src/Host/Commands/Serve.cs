using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.HttpOverrides;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Host.Commands;

/// <summary>Serves the API and the web client until it is told to stop, then lets running requests finish.</summary>
internal static class Serve
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(20);

    /// <summary>The OpenAPI build starts the host only to read its endpoints: there is no database then.</summary>
    private static bool IsDescribing => System.Reflection.Assembly.GetEntryAssembly()?.GetName().Name == "GetDocument.Insider";

    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        var settings = HostSettings.Read(builder.Configuration, builder.Environment);
        var started = false;
        builder.Logging.ClearProviders();
        ConfigureLogging(builder.Logging, settings.Demo, () => started);
        if (IsDescribing)
        {
            await using var described = Build(builder, settings, new PlatformStart("Host=none", new string('-', 64), false, settings.DataDirectory, RunsTasks: false));
            await described.RunAsync();
            return 0;
        }

        using var logs = LoggerFactory.Create(logging => ConfigureLogging(logging, settings.Demo, () => true));
        Installation installation;
        PlatformStart start;
        try
        {
            settings.Check();
            var signingKey = settings.RequireSigningKey();
            installation = await Installation.OpenAsync(settings, logs, CancellationToken.None);
            start = new PlatformStart(installation.RuntimeConnectionString, signingKey, settings.Demo, settings.DataDirectory);
        }
        catch (Exception refused) when (refused is InvalidOperationException or EmbeddedPostgresException or Npgsql.NpgsqlException)
        {
            await Console.Error.WriteLineAsync($"Tessera did not start. {refused.Message}");
            return 1;
        }

        await using (installation)
        {
            await using var app = Build(builder, settings, start);
            if (settings.Demo)
            {
                await DemoSeed.RunAsync(app.Services, CancellationToken.None);
            }

            try
            {
                await app.StartAsync();
                started = true;
            }
            catch (IOException taken) when (taken.InnerException is AddressInUseException)
            {
                await Console.Error.WriteLineAsync($"Tessera did not start. {taken.Message} Choose another with PORT, or stop what has this one.");
                return 1;
            }

            if (settings.Demo)
            {
                Greet(settings, app.Services);
            }

            var stopping = app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
            var stopped = app.WaitForShutdownAsync();
            if (await Task.WhenAny(stopped, installation.DatabaseEnded) != stopped && !stopping.IsCancellationRequested)
            {
                app.Logger.LogCritical("PostgreSQL ended; stopping");
                await app.StopAsync();
                return 1;
            }

            await stopped;
            return 0;
        }
    }

    internal static WebApplication Build(WebApplicationBuilder builder, HostSettings settings, PlatformStart start)
    {
        builder.Services.AddPlatform(builder.Configuration, Modules.All, start);
        builder.Services.AddHostedService<IdleMemory>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainTime);
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = 4 * 1024 * 1024;
        });
        if (builder.Configuration["urls"] is null && builder.Configuration["ASPNETCORE_URLS"] is null)
        {
            builder.WebHost.UseUrls($"http://127.0.0.1:{settings.Port}");
        }

        builder.Services.AddResponseCompression(compression => compression.EnableForHttps = false);
        var proxies = builder.Configuration.GetSection("Tessera:TrustedProxies").Get<string[]>() ?? [];
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            foreach (var network in proxies)
            {
                forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
            }
        });
        var app = builder.Build();
        if (proxies.Length > 0)
        {
            app.UseForwardedHeaders();
        }

        app.UseResponseCompression();
        app.UsePlatform();
        WebClient.Map(app, settings.WebRoot);
        return app;
    }

    /// <summary>One JSON object a line, with the trace id of its request; on a demo only what a person at the terminal must know.</summary>
    /// <param name="hasStarted">Until then what keeps the server from starting is not logged: whoever starts it is told, by a sentence or by the exception.</param>
    private static void ConfigureLogging(ILoggingBuilder logging, bool isDemo, Func<bool> hasStarted)
    {
        logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Critical).AddFilter("Npgsql", LogLevel.Warning).AddFilter("System", LogLevel.Warning)
            .AddFilter("Microsoft.Hosting.Lifetime", isDemo ? LogLevel.Warning : LogLevel.Information);
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => level >= LogLevel.Warning && (hasStarted() || level != LogLevel.Error))
            .AddFilter("Microsoft.AspNetCore.Server.Kestrel", level => level >= LogLevel.Warning && (hasStarted() || level != LogLevel.Critical));
        if (isDemo)
        {
            logging.AddFilter("Tessera", LogLevel.Warning);
        }

        logging.Configure(options => options.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
        logging.AddJsonConsole(console =>
        {
            console.IncludeScopes = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        });
    }

    private static void Greet(HostSettings settings, IServiceProvider services) => Console.WriteLine(
        $"""

          Tessera is at http://127.0.0.1:{settings.Port}

          Demo sign-ins, all with the password {DemoSeed.Password}
            {DemoSeed.EveryTenantEmail,-28} administrator of every demo workspace
        {string.Join('\n', DemoSeed.SignIns(services).Select(s => $"    {s.Email,-28} {s.What}"))}

          Stop with Ctrl-C.

        """);
}
