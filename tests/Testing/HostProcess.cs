namespace Tessera.Testing;

/// <summary>
/// The product as it is deployed: the host as a process, on a database and in a data folder of its own, which stay when it is killed. Everything
/// long goes to the background.
/// </summary>
public sealed class HostProcess : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly int _port = HostProgram.FreePort();

    private HttpClient Http { get; }

    private HostProgram? _host;

    private int _serial;

    public HostProcess() => Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}"), Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Of a superuser: what it sees is not bounded by row-level security.</summary>
    public string OwnerConnectionString { get; private set; } = "";

    public string DataFolder { get; } = Directory.CreateTempSubdirectory("tessera-host-").FullName;

    public async Task InitializeAsync()
    {
        OwnerConnectionString = await (await TestPostgres.GetAsync()).CreateAsync();
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        Kill();
        Http.Dispose();
        await (await TestPostgres.GetAsync()).DropAsync(OwnerConnectionString);
        Directory.Delete(DataFolder, recursive: true);
    }

    /// <summary>Starts the host and waits until it is well.</summary>
    public async Task StartAsync()
    {
        _host = Start();
        await _host.HealthyAsync(Http, new Uri("/health", UriKind.Relative), Patience);
    }

    /// <inheritdoc cref="HostProgram.Kill"/>
    public void Kill()
    {
        _host?.Kill();
        _host?.Dispose();
        _host = null;
    }

    /// <inheritdoc cref="HostProgram.StopAsync"/>
    public async Task<int> StopAsync()
    {
        var code = await _host!.StopAsync(Patience);
        _host.Dispose();
        _host = null;
        return code;
    }

    /// <summary>Runs one of the executable's commands to its end.</summary>
    public async Task<(int Code, string Text)> RunAsync(params string[] arguments)
    {
        using var command = Start(arguments);
        return (await command.ExitedAsync(Patience), command.Output);
    }

    /// <summary>A workspace with one administrator, signed in.</summary>
    public async Task<(Guid TenantId, string Slug, Person Admin)> FoundAsync(string module = "recruiting")
    {
        var slug = $"killed-{Interlocked.Increment(ref _serial)}";
        var admin = new Person(Http, Api.NewEmail(), Api.Password) { FullName = Api.NewName() };
        var answer = (await admin.Post("setup/admin", new { tenantName = slug, slug, modules = new[] { module }, fullName = admin.FullName, email = admin.Email, password = Api.Password, timeZone = "Europe/Zurich" })).Must(201);
        admin.Token = answer["accessToken"].GetString();
        admin.UserId = answer["user"].GetProperty("id").GetGuid();
        return (answer["tenant"].GetProperty("id").GetGuid(), slug, admin);
    }

    /// <inheritdoc cref="Api.SqlAsync"/>
    public Task<object?> SqlAsync(string sql, params object[] parameters) => TestPostgres.ScalarAsync(OwnerConnectionString, sql, parameters);

    private HostProgram Start(params string[] arguments) => new(
        Path.Combine(AppContext.BaseDirectory, "Tessera.Host.dll"),
        DataFolder,
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ConnectionStrings__Tessera"] = OwnerConnectionString,
            ["PORT"] = _port.ToString(),
            ["TESSERA_DATA_DIR"] = DataFolder,
            ["TESSERA_DEMO"] = "false",
            ["TESSERA_WEB_ROOT"] = Path.Combine(DataFolder, "no-web-client"),
            ["Tessera__AllowFounding"] = "true",
            ["Tessera__Exchange__InlineRows"] = "0",
            ["Tessera__Passwords__Iterations"] = "1000",
            ["Tessera__RateLimits__UserPermitsPerMinute"] = "1000000",
            ["Tessera__SigningKey"] = "a signing key for tests, long enough to be accepted",
        },
        arguments);
}
