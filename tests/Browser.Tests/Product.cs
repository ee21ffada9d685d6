using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Tessera.Testing;

namespace Tessera.Browser.Tests;

/// <summary>One Chromium in front of the running product.</summary>
public sealed class Product : IAsyncLifetime
{
    public const string Password = "Quiet-Harbour-71";

    private static int _serial;

    private RunningProduct? _running;

    private IPlaywright? _playwright;

    private IBrowser? _browser;

    public string Address { get; private set; } = "";

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(30) };

    public async Task InitializeAsync()
    {
        // As long as a window waits for what it is to click: how busy the machine is says nothing about the page.
        Assertions.SetDefaultExpectTimeout(15_000);
        var running = RunningProduct.UseAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("TESSERA_CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
        });
        _running = await running;
        Address = _running.Address;
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        Http.Dispose();
        if (_running is not null)
        {
            await _running.LeaveAsync();
        }
    }

    /// <summary>A browser window of its own: no cookies, no cache, and every message of the page kept.</summary>
    /// <param name="width">Of the page.</param>
    /// <param name="height">Of the page.</param>
    /// <param name="theme">What the system asks for.</param>
    /// <param name="touch">Pointed at with a finger.</param>
    public async Task<Window> OpenAsync(int width = 1440, int height = 900, ColorScheme theme = ColorScheme.Light, bool touch = false)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Address,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = theme,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
            TimezoneId = "Europe/Zurich",
            HasTouch = touch,
            IsMobile = touch,
        });
        context.SetDefaultTimeout(15_000);
        return new Window(context, await context.NewPageAsync());
    }

    /// <summary>A workspace of its own for one test.</summary>
    public Task<Desk> FoundAsync(string module = "recruiting") => FoundAsync([module]);

    public async Task<Desk> FoundAsync(string[] modules)
    {
        var serial = Interlocked.Increment(ref _serial);
        var email = $"astrid{serial}@desk.test";
        var founded = await PostAsync("/api/v1/setup/admin", null, new
        {
            tenantName = $"Desk {serial}",
            slug = $"desk-{serial}",
            modules,
            fullName = "Astrid Lindqvist",
            email,
            password = Password,
            timeZone = "Europe/Zurich",
        });
        return new Desk(this, $"desk-{serial}", email, founded.GetProperty("accessToken").GetString()!);
    }

    public async Task<JsonElement> PostAsync(string path, string? token, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address + path) { Content = JsonContent.Create(body) };
        return await SendAsync(request, token);
    }

    public async Task<JsonElement> SendAsync(HttpRequestMessage request, string? token)
    {
        request.Headers.Authorization = token is null ? null : new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", token);
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{request.Method} {request.RequestUri} answered {(int)answer.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();
    }

    /// <summary>Reads a file of an installed npm package: axe-core runs inside the page.</summary>
    public string Package(string path) => File.ReadAllText(Path.Combine(Repository.Root, "web", "node_modules", path));
}

/// <summary>All journeys share one browser, one after the other: each works in a workspace of its own.</summary>
[CollectionDefinition(Name)]
public sealed class ProductCollection : ICollectionFixture<Product>
{
    public const string Name = "product";
}

/// <summary>Looks at every screen, in a browser beside that of the journeys: both wait for pages most of the time.</summary>
[CollectionDefinition(Name)]
public sealed class LooksCollection : ICollectionFixture<Product>
{
    public const string Name = "looks";
}
