using Tessera.Testing;

namespace Tessera.Browser.Tests;

/// <summary>
/// The product as <c>./tessera run</c> starts it, on a port and in a data folder of its own. Starting it is the slow part, so everybody in these
/// tests uses the same one; who leaves last ends it.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Reliability", "CA1001:Types that own disposable fields should be disposable", Justification = "Who leaves last ends it.")]
internal sealed class RunningProduct
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly SemaphoreSlim Turn = new(1, 1);

    private static RunningProduct? _shared;

    private readonly string _dataFolder = Directory.CreateTempSubdirectory("tessera-browser-").FullName;

    private readonly HostProgram _host;

    private int _users;

    private RunningProduct()
    {
        var port = HostProgram.FreePort();
        Address = $"http://127.0.0.1:{port}";
        var configuration = AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug";
        _host = new HostProgram(
            Path.Combine(Repository.Root, "src", "Host", "bin", configuration, "net10.0", "Tessera.Host.dll"),
            Repository.Root,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["ConnectionStrings__Tessera"] = "",
                ["PORT"] = port.ToString(),
                ["TESSERA_DATA_DIR"] = _dataFolder,
                ["TESSERA_DEMO"] = "true",
                ["TESSERA_WEB_ROOT"] = Path.Combine(Repository.Root, "web", "dist"),
                ["Tessera__Passwords__Iterations"] = "1000",
            });
    }

    public string Address { get; }

    /// <summary>The running product, started when nobody has.</summary>
    public static async Task<RunningProduct> UseAsync()
    {
        await Turn.WaitAsync();
        try
        {
            if (_shared is null)
            {
                var started = new RunningProduct();
                using var http = new HttpClient();
                await started._host.HealthyAsync(http, new Uri(started.Address + "/health"), Patience);
                _shared = started;
            }

            _shared._users++;
            return _shared;
        }
        finally
        {
            Turn.Release();
        }
    }

    public async Task LeaveAsync()
    {
        await Turn.WaitAsync();
        try
        {
            if (--_users > 0)
            {
                return;
            }

            _shared = null;
            var code = await _host.StopAsync(Patience);
            Assert.True(code == 0, $"The host ended with code {code}.\n{_host.Output}");
            _host.Dispose();
            Directory.Delete(_dataFolder, recursive: true);
        }
        finally
        {
            Turn.Release();
        }
    }
}
