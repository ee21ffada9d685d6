using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Tessera.Kernel.Identity;

/// <summary>Settings <c>Tessera:Passwords</c>.</summary>
public sealed record PasswordOptions
{
    /// <summary>Rounds of PBKDF2-HMAC-SHA512; 210,000 is what OWASP recommends.</summary>
    [Range(1_000, 10_000_000)]
    public int Iterations { get; init; } = 210_000;
}

/// <summary>Hashes passwords, and renews a hash that was made at a lower cost when its owner next signs in.</summary>
internal sealed class Passwords(IOptions<PasswordOptions> options)
{
    private readonly PasswordHasher<Account> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = options.Value.Iterations }));

    private readonly Lazy<string> _nobody = new(() => new PasswordHasher<Account>(
        Options.Create(new PasswordHasherOptions { IterationCount = options.Value.Iterations })).HashPassword(null!, Secrets.NewToken()));

    public string Hash(string password) => _hasher.HashPassword(null!, password);

    /// <summary>Takes as long for an unknown account as for a wrong password, so that time tells nothing.</summary>
    public PasswordVerificationResult Verify(Account? account, string password)
    {
        var result = _hasher.VerifyHashedPassword(null!, account?.PasswordHash ?? _nobody.Value, password);
        return account?.PasswordHash is null ? PasswordVerificationResult.Failed : result;
    }
}

/// <summary>The password policy: long enough, not among those everybody tries first, not made of the person's own name.</summary>
internal static class PasswordPolicy
{
    public const int MinimumLength = 12;

    public const int MaximumLength = 200;

    private static readonly string[] Common =
    [
        "password", "passwort", "123456", "qwerty", "letmein", "welcome", "iloveyou", "admin", "abc123", "changeme", "secret", "football", "monkey", "dragon", "sunshine", "princess", "trustno1",
    ];

    /// <returns>What is wrong with the password, or null.</returns>
    public static string? Fault(string? password, string email, string? fullName)
    {
        if (password is null || password.Length < MinimumLength)
        {
            return $"Use at least {MinimumLength} characters.";
        }

        if (password.Length > MaximumLength)
        {
            return $"Use at most {MaximumLength} characters.";
        }

        if (password.Distinct().Count() < 5)
        {
            return "Use more different characters.";
        }

        var kinds = (password.Any(char.IsLower) ? 1 : 0) + (password.Any(char.IsUpper) ? 1 : 0) + (password.Any(char.IsDigit) ? 1 : 0) + (password.Any(c => !char.IsLetterOrDigit(c)) ? 1 : 0);
        if (kinds < 3 && password.Length < 20)
        {
            return "Mix lower case, upper case, digits and signs (three of the four), or use a sentence of 20 characters or more.";
        }

        var folded = new string([.. password.ToLowerInvariant().Where(char.IsLetterOrDigit)]);
        var core = folded.TrimEnd("0123456789".ToCharArray());
        if (Common.Any(word => core.Length < word.Length + 4 && core.Contains(word)))
        {
            return "This is one of the first passwords anybody would try.";
        }

        string[] own = [.. (fullName ?? "").ToLowerInvariant().Split(' '), .. email.ToLowerInvariant().Split('@', '.')];
        return own.Any(word => word.Length >= 4 && core.Length < word.Length + 6 && core.Contains(word)) ? "Do not build it from your name or address." : null;
    }
}

/// <summary>Marks a password that somebody chooses; the rules that need the person's name are checked by the handler.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class NewPasswordAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is string password && PasswordPolicy.Fault(password, "", null) is { } fault ? new ValidationResult(fault) : ValidationResult.Success;
}
