using Tessera.Host;

namespace Tessera.Kernel.Tests.Host;

/// <summary>Which starts are refused, before a database is touched.</summary>
public sealed class HostSettingsTests : IDisposable
{
    private const string OwnKey = "a secret of this installation's own, long enough";

    private readonly string _folder = Directory.CreateTempSubdirectory("tessera-settings-").FullName;

    [Fact]
    public void Demo_mode_is_refused_in_production() =>
        Assert.Contains("demo", Refused(Settings(demo: true, production: true)), StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://*:80")]
    [InlineData("http://192.168.1.20:5080")]
    public void Demo_mode_is_refused_where_others_could_reach_it(string address) =>
        Assert.Contains("loopback", Refused(Settings(demo: true) with { Addresses = [address] }), StringComparison.Ordinal);

    [Theory]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("http://localhost:5080")]
    [InlineData("http://[::1]:5080")]
    public void Demo_mode_runs_on_a_loopback_address(string address) => (Settings(demo: true) with { Addresses = [address] }).Check();

    [Fact]
    public void Production_is_refused_without_a_signing_key() =>
        Assert.Throws<InvalidOperationException>(() => Settings(production: true).RequireSigningKey());

    [Theory]
    [InlineData("short")]
    [InlineData("change-me-to-a-secret-of-at-least-32-bytes")]
    public void A_signing_key_that_is_short_or_an_example_is_refused(string key) =>
        Assert.Throws<InvalidOperationException>(() => (Settings(production: true) with { SigningKey = key }).RequireSigningKey());

    [Fact]
    public void Production_is_refused_with_the_examples_database_password() =>
        Assert.Contains("password", Refused(Settings(production: true) with { ConnectionString = "Host=db;Username=t;Password=change-me" }), StringComparison.Ordinal);

    [Fact]
    public void Production_starts_with_secrets_of_its_own()
    {
        var settings = Settings(production: true) with { SigningKey = OwnKey, ConnectionString = "Host=db;Username=t;Password=kD83hf0a" };
        settings.Check();
        Assert.Equal(OwnKey, settings.RequireSigningKey());
    }

    [Fact]
    public void Outside_production_a_key_is_made_once_and_kept_for_its_owner_alone()
    {
        var first = Settings().RequireSigningKey();
        Assert.Equal(first, Settings().RequireSigningKey());
        Assert.True(first.Length >= 32);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder, "keys", "signing.key")));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Refused(HostSettings settings) => Assert.Throws<InvalidOperationException>(settings.Check).Message;

    private HostSettings Settings(bool demo = false, bool production = false) => new() { Demo = demo, IsProduction = production, Port = 5080, DataDirectory = _folder };
}
