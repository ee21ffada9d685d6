using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tessera.Kernel.Database;

namespace Tessera.Testing;

/// <summary>The whole product on a database of its own: the fixture of a test class. Its methods run one after the other, beside those of other classes.</summary>
public class Api : IAsyncLifetime
{
    /// <summary>What everybody in tests signs in with.</summary>
    public const string Password = "Quiet-Harbour-71";

    private static readonly string[] GivenNames = ["Ada", "Bruno", "Chiara", "Dmitri", "Esra", "Femi", "Greta", "Hiro", "Inès", "Jonas", "Kavya", "Liang"];

    private static readonly string[] FamilyNames = ["Abioye", "Bauer", "Costa", "Dvořák", "Eriksson", "Fontaine", "Günther", "Haddad", "Ivanova", "Jensen", "Kowalski", "Łuczak"];

    private static int _serial;

    private readonly string _dataFolder = Directory.CreateTempSubdirectory("tessera-api-").FullName;

    private Factory? _factory;

    public TestClock Clock { get; } = new();

    public Statements Statements { get; } = new();

    /// <summary>Somebody who is not signed in.</summary>
    public Client Anonymous => new(NewHttpClient());

    public IServiceProvider Services => Host.Services;

    public TestServer Server => Host.Server;

    /// <summary>Of a superuser: what it sees is not bounded by row-level security.</summary>
    public string OwnerConnectionString { get; private set; } = "";

    /// <summary>Where this host keeps files outside the database.</summary>
    public string DataFolder => _dataFolder;

    /// <summary>Settings that differ from the harness's, for a class that derives its fixture.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(StringComparer.Ordinal);

    private Factory Host => _factory ?? throw new InvalidOperationException("The fixture has not been initialised.");

    public static string NewName()
    {
        var serial = Interlocked.Increment(ref _serial);
        return $"{GivenNames[serial % GivenNames.Length]} {FamilyNames[serial / GivenNames.Length % FamilyNames.Length]}";
    }

    /// <summary>An address nobody else in this process has.</summary>
    public static string NewEmail() => $"person{Interlocked.Increment(ref _serial)}@mail.test";

    public virtual async Task InitializeAsync()
    {
        OwnerConnectionString = await (await TestPostgres.GetAsync()).CreateAsync();
        _factory = NewFactory();
        _ = _factory.Services;
    }

    public virtual async Task DisposeAsync()
    {
        if (_factory is not null)
        {
            await _factory.DisposeAsync();
        }

        await (await TestPostgres.GetAsync()).DropAsync(OwnerConnectionString);
        Directory.Delete(_dataFolder, recursive: true);
    }

    /// <summary>Ends the host and starts another on the same database and data folder; clients of the old one are void.</summary>
    public async Task RestartAsync()
    {
        await Host.DisposeAsync();
        _factory = NewFactory();
        _ = _factory.Services;
    }

    /// <summary>A second host beside the first, on the same database and data folder.</summary>
    public Node StartNode() => new(NewFactory());

    public HttpClient NewHttpClient() => Host.CreateDefaultClient();

    /// <summary>A tenant with every module of this build.</summary>
    public Task<TestTenant> FoundWholeAsync() => FoundAsync(modules: [.. Tessera.Host.Modules.All.Select(m => m.Key)]);

    /// <summary>A tenant of its own with one administrator, signed in.</summary>
    public async Task<TestTenant> FoundAsync(string? name = null, string timeZone = "Europe/Zurich", string module = "recruiting", string[]? modules = null)
    {
        var serial = Interlocked.Increment(ref _serial);
        var admin = new Person(NewHttpClient(), NewEmail(), Password) { FullName = NewName() };
        var answer = (await admin.Post("setup/admin", new
        {
            tenantName = name ?? $"Test workspace {serial}",
            slug = $"test-{serial}",
            modules = modules ?? [module],
            fullName = admin.FullName,
            email = admin.Email,
            password = Password,
            timeZone,
        })).Must(201);
        admin.Token = answer["accessToken"].GetString();
        admin.UserId = answer["user"].GetProperty("id").GetGuid();
        return new TestTenant(this, answer["tenant"].GetProperty("id").GetGuid(), $"test-{serial}", admin);
    }

    /// <summary>A lease outside any request, for what has no endpoint.</summary>
    public PlatformDb Open(TenantScope scope) => Services.GetRequiredService<TenantDbFactory>().Open(scope);

    /// <summary>Runs SQL as the superuser; returns the first column of the first row.</summary>
    public Task<object?> SqlAsync(string sql, params object[] parameters) => TestPostgres.ScalarAsync(OwnerConnectionString, sql, parameters);

    /// <summary>Services that differ from the product's, for a class that derives its fixture.</summary>
    protected virtual void Configure(IServiceCollection services)
    {
    }

    private Factory NewFactory() => new(this);

    /// <summary>Another host of the same installation.</summary>
    public sealed class Node : IAsyncDisposable
    {
        private readonly WebApplicationFactory<Program> _factory;

        internal Node(WebApplicationFactory<Program> factory)
        {
            _factory = factory;
            _ = factory.Services;
        }

        public TestServer Server => _factory.Server;

        public HttpClient NewHttpClient() => _factory.CreateDefaultClient();

        public ValueTask DisposeAsync() => _factory.DisposeAsync();
    }

    private sealed class Factory(Api api) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            var settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ConnectionStrings:Tessera"] = api.OwnerConnectionString,
                ["TESSERA_DATA_DIR"] = api._dataFolder,
                ["TESSERA_WEB_ROOT"] = Path.Combine(api._dataFolder, "no-web-client"),
                ["TESSERA_DEMO"] = "false",
                ["Tessera:SigningKey"] = "a signing key for tests, long enough to be accepted",
                ["Tessera:AllowFounding"] = "true",
                ["Tessera:Passwords:Iterations"] = "1000",
                ["Tessera:RateLimits:UserPermitsPerMinute"] = "1000000",
                ["Tessera:Jobs:StartsOnDemand"] = "true",
                ["Tessera:RateLimits:AnonymousPermitsPer15Minutes"] = "1000000",
            };
            foreach (var (key, value) in settings.Concat(api.Settings))
            {
                builder.UseSetting(key, value);
            }

            builder.ConfigureTestServices(services =>
            {
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(api.Clock));
                services.AddSingleton<IStartupFilter>(new CallersAddress());
                api.Configure(services);
            });
        }
    }

    /// <summary>The in-memory server knows no addresses; a header gives one.</summary>
    private sealed class CallersAddress : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, then) =>
            {
                http.Connection.RemoteIpAddress = IPAddress.Parse(http.Request.Headers["X-Test-Address"] is [{ } address] ? address : "127.0.0.1");
                return then(http);
            });
            next(app);
        };
    }
}
