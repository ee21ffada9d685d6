using System.Security.Cryptography;
using Tessera.Kernel.Identity;

namespace Tessera.Host;

/// <summary>What the environment says about this start: see <c>.env.example</c>.</summary>
internal sealed record HostSettings
{
    public required bool Demo { get; init; }

    public required bool IsProduction { get; init; }

    public required int Port { get; init; }

    /// <summary>Database, keys and files of an installation that brings its own PostgreSQL.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Built web client; null serves the API alone.</summary>
    public string? WebRoot { get; init; }

    public string? ConnectionString { get; init; }

    /// <summary>Login for migrations, where the product's own login owns nothing.</summary>
    public string? OwnerConnectionString { get; init; }

    public string? SigningKey { get; init; }

    /// <summary>Addresses the server is told to listen on; empty: the loopback address and <see cref="Port"/>.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    public static HostSettings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var webRoot = configuration["TESSERA_WEB_ROOT"] ?? Path.Combine(environment.ContentRootPath, "web", "dist");
        return new HostSettings
        {
            Demo = configuration.GetValue("TESSERA_DEMO", false),
            IsProduction = environment.IsProduction(),
            Port = configuration.GetValue("PORT", 5080),
            DataDirectory = Path.GetFullPath(configuration["TESSERA_DATA_DIR"] is { Length: > 0 } folder ? folder : Path.Combine(environment.ContentRootPath, ".tessera", "data")),
            WebRoot = Directory.Exists(webRoot) ? Path.GetFullPath(webRoot) : null,
            ConnectionString = configuration.GetConnectionString("Tessera") is { Length: > 0 } connection ? connection : null,
            OwnerConnectionString = configuration.GetConnectionString("TesseraOwner") is { Length: > 0 } owner ? owner : null,
            SigningKey = configuration["Tessera:SigningKey"] is { Length: > 0 } key ? key : null,
            Addresses = (configuration["urls"] ?? configuration["ASPNETCORE_URLS"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        };
    }

    /// <summary>
    /// The installation's secret: configured, or outside production made once and kept in the data folder.
    /// </summary>
    /// <exception cref="InvalidOperationException">Production without a secret of its own.</exception>
    public string RequireSigningKey()
    {
        if (SigningKey is not null)
        {
            if (System.Text.Encoding.UTF8.GetByteCount(SigningKey) < Secrets.MinimumLength || SigningKey.StartsWith("change-me", StringComparison.OrdinalIgnoreCase))
            {
                throw new InvalidOperationException($"Tessera__SigningKey must be a secret of your own, at least {Secrets.MinimumLength} bytes long. Make one with: openssl rand -base64 48");
            }

            return SigningKey;
        }

        if (IsProduction && !Demo)
        {
            throw new InvalidOperationException("Production needs Tessera__SigningKey: a secret of at least 32 bytes, the same on every node. Make one with: openssl rand -base64 48");
        }

        var file = Path.Combine(DataDirectory, "keys", "signing.key");
        if (!File.Exists(file))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }

        return File.ReadAllText(file).Trim();
    }

    /// <summary>Refuses combinations that would put well-known passwords where others can reach them.</summary>
    /// <exception cref="InvalidOperationException">Demo mode in production or beyond this machine; production with an example's password.</exception>
    public void Check()
    {
        if (Demo && IsProduction)
        {
            throw new InvalidOperationException("Demo mode has well-known passwords and cannot run with ASPNETCORE_ENVIRONMENT=Production.");
        }

        if (Demo && Addresses.FirstOrDefault(address => !Uri.TryCreate(address, UriKind.Absolute, out var uri) || !uri.IsLoopback) is { } open)
        {
            throw new InvalidOperationException($"Demo mode has well-known passwords and listens on the loopback address only, not on {open}.");
        }

        if (IsProduction && new[] { ConnectionString, OwnerConnectionString }.Any(c => c?.Contains("change-me", StringComparison.OrdinalIgnoreCase) == true))
        {
            throw new InvalidOperationException("The database password is the one of .env.example. Give the database a password of your own.");
        }
    }
}
