using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tessera.Host;
using Tessera.Host.Commands;
using Tessera.Kernel.Web;
using Tessera.Testing;

namespace Tessera.Architecture.Tests;

/// <summary><c>.env.example</c> lists every setting that the host asks for, and none that nobody asks for.</summary>
public sealed partial class SettingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tessera-settings-").FullName;

    private static string Example => File.ReadAllText(Repository.Folder(".env.example"));

    [Fact]
    public void Every_setting_the_host_asks_for_is_documented()
    {
        var asked = Asked();
        Assert.True(asked.Count > 20, $"Only {asked.Count} settings were asked for.");
        Assert.Empty(Undocumented(asked, Documented(Example)));
    }

    [Fact]
    public void No_setting_is_documented_that_nobody_asks_for() => Assert.Empty(Stale(Documented(Example), Asked()));

    [Fact]
    public void A_setting_that_was_forgotten_and_one_that_is_gone_are_found_out()
    {
        var documented = Documented("#PORT=5080\nTessera__Jobs__Nobody=1\n#Tessera__Oidc__3__RoleMap__owners=admin\n# Tessera__Prose=no setting");

        Assert.Equal(["Tessera__Jobs__DrainSeconds"], Undocumented(["PORT", "Tessera__Jobs__DrainSeconds", "Tessera__Oidc__RoleMap"], documented));
        Assert.Equal(["Tessera__Jobs__Nobody"], Stale(documented, ["PORT", "Tessera__Oidc__RoleMap"]));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IReadOnlyList<string> Undocumented(IEnumerable<string> asked, IReadOnlyCollection<string> documented) =>
        [.. asked.Where(setting => !documented.Any(line => Covers(setting, line)))];

    /// <summary>Some are read by the script, by tests or by the framework: these are named where they are.</summary>
    private static IReadOnlyList<string> Stale(IEnumerable<string> documented, IReadOnlyCollection<string> asked)
    {
        var sources = new Lazy<string>(() => string.Concat(Sources("src", "tests").Append(Repository.Folder("tessera")).Select(File.ReadAllText)));
        return [.. documented.Where(line => !asked.Any(setting => Covers(setting, line)) && (line.Contains("__", StringComparison.Ordinal) || !sources.Value.Contains(line, StringComparison.Ordinal)))];
    }

    /// <summary>A setting may be a table with names of the operator's own.</summary>
    private static bool Covers(string setting, string line) => line == setting || line.StartsWith(setting + "__", StringComparison.Ordinal);

    /// <summary>The names before the equals signs, without the numbers of lists.</summary>
    private static IReadOnlyCollection<string> Documented(string example) => [.. Line().Matches(example).Select(match => Number().Replace(match.Groups["name"].Value, "")).Distinct()];

    /// <summary>What the product asks its configuration for, by its own names: all that is bound to its section, and what is read one by one.</summary>
    private IReadOnlyCollection<string> Asked()
    {
        var builder = WebApplication.CreateBuilder();
        var listener = new Listener();
        ((IConfigurationBuilder)builder.Configuration).Add(listener);
        var settings = HostSettings.Read(builder.Configuration, builder.Environment) with { DataDirectory = _folder };
        using var app = Serve.Build(builder, settings, new PlatformStart("Host=none", new string('-', 64), false, _folder, RunsTasks: false));

        // Options are bound when somebody first wants them.
        foreach (var options in builder.Services.Select(s => s.ServiceType).Where(type => type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(IConfigureOptions<>)).Select(type => type.GenericTypeArguments[0]).Distinct().ToList())
        {
            var service = app.Services.GetRequiredService(typeof(IOptions<>).MakeGenericType(options));
            _ = service.GetType().GetProperty(nameof(IOptions<>.Value))!.GetValue(service);
        }

        foreach (var ours in builder.Services.Where(s => s.Lifetime == ServiceLifetime.Singleton && !s.ServiceType.IsGenericTypeDefinition && s.ServiceType.Assembly.GetName().Name!.StartsWith("Tessera", StringComparison.Ordinal)).ToList())
        {
            _ = app.Services.GetServices(ours.ServiceType).Count();
        }

        var names = listener.Asked.Keys.Select(key => Number().Replace(key.Replace(":", "__", StringComparison.Ordinal), "")).Where(IsOurs)
            .Concat(Sources("src").SelectMany(file => Variable().Matches(File.ReadAllText(file)).Select(match => match.Value))).ToHashSet(StringComparer.Ordinal);
        return [.. names.Where(name => !names.Any(other => other.StartsWith(name + "__", StringComparison.Ordinal))).Order(StringComparer.Ordinal)];
    }

    private static bool IsOurs(string name) => name == "PORT" || name.StartsWith("Tessera", StringComparison.OrdinalIgnoreCase) || name.StartsWith("ConnectionStrings__", StringComparison.Ordinal);

    private static IEnumerable<string> Sources(params string[] folders) => folders.SelectMany(folder => Directory.EnumerateFiles(Repository.Folder(folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    [GeneratedRegex(@"^#?(?<name>[A-Za-z]\w*)=", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"__\d+(?=__|$)")]
    private static partial Regex Number();

    [GeneratedRegex("(?<=\")TESSERA_[A-Z_]+(?=\")")]
    private static partial Regex Variable();

    /// <summary>A configuration that remembers what it was asked for. A section is bound only where it has something in it, so every one of ours seems to.</summary>
    private sealed class Listener : ConfigurationProvider, IConfigurationSource
    {
        public Listener() => Data = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Tessera:AllowedOrigins:0"] = "https://intranet.example.org",
            ["Tessera:TrustedProxies:0"] = "10.0.0.0/8",
            ["Tessera:Oidc:0:Key"] = "intranet",
            ["Tessera:Oidc:0:Authority"] = "https://login.example.org",
            ["Tessera:Oidc:0:ClientId"] = "tessera",
        };

        public ConcurrentDictionary<string, bool> Asked { get; } = new(StringComparer.Ordinal);

        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public override bool TryGet(string key, out string? value)
        {
            Asked[key] = true;
            return base.TryGet(key, out value);
        }

        public override IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath)
        {
            var isOurs = parentPath?.StartsWith("Tessera", StringComparison.OrdinalIgnoreCase) == true;
            if (isOurs)
            {
                Asked[parentPath!] = true;
            }

            return base.GetChildKeys(isOurs && parentPath!.Count(c => c == ':') < 2 ? earlierKeys.Append("0") : earlierKeys, parentPath);
        }
    }
}
