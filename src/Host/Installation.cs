using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Host;

/// <summary>The database this start works with: the configured one, or the installation's own PostgreSQL in its data folder.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly EmbeddedPostgres? _postgres;

    private Installation(EmbeddedPostgres? postgres, string ownerConnectionString, string runtimeConnectionString)
    {
        _postgres = postgres;
        OwnerConnectionString = ownerConnectionString;
        RuntimeConnectionString = runtimeConnectionString;
    }

    /// <summary>May create and alter tables.</summary>
    public string OwnerConnectionString { get; }

    /// <summary>Row-level security holds for it.</summary>
    public string RuntimeConnectionString { get; }

    /// <summary>Ends when the installation's own PostgreSQL ends; never with a configured one.</summary>
    public Task DatabaseEnded => _postgres?.Exited ?? Task.Delay(Timeout.Infinite);

    /// <summary>Starts or reaches the database and brings its schema up to date.</summary>
    public static async Task<Installation> OpenAsync(HostSettings settings, ILoggerFactory logs, CancellationToken cancel)
    {
        var logger = logs.CreateLogger("Tessera.Database");
        EmbeddedPostgres? postgres = null;
        try
        {
            string owner;
            if (settings.ConnectionString is null)
            {
                var options = new EmbeddedPostgresOptions(Path.Combine(settings.DataDirectory, "postgres"), EmbeddedPostgresBinaries.Find(AppContext.BaseDirectory));
                postgres = await EmbeddedPostgres.StartAsync(options, logger, cancel);
                owner = postgres.ConnectionString;
            }
            else
            {
                owner = settings.OwnerConnectionString ?? settings.ConnectionString;
            }

            await new Migrator(Platform.TablesOf(Modules.All), logger).MigrateAsync(owner, cancel);
            var runtime = await RuntimeConnection.PrepareAsync(settings.ConnectionString ?? owner, cancel);
            return new Installation(postgres, owner, runtime);
        }
        catch
        {
            if (postgres is not null)
            {
                await postgres.StopAsync();
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
        {
            await _postgres.StopAsync();
        }
    }
}
