namespace Tessera.Kernel.Records;

/// <summary>Telephone numbers, tidied: international ones in E.164, national ones as their digits.</summary>
public static class PhoneNumber
{
    private const int MatchedDigits = 9;

    private const int FewestMatchedDigits = 6;

    /// <summary><c>0049 (30) 123-45</c> → <c>+493012345</c>; null when it is not a number of 3 to 15 digits.</summary>
    public static string? Normalise(string? text)
    {
        var trimmed = Text.OrNull(text);
        if (trimmed is null || trimmed.Any(c => !char.IsAsciiDigit(c) && !" +-./()\u00a0".Contains(c)) || trimmed.LastIndexOf('+') > 0)
        {
            return null;
        }

        var digits = new string([.. trimmed.Where(char.IsAsciiDigit)]);
        var isInternational = trimmed[0] == '+' || digits.StartsWith("00", StringComparison.Ordinal);
        digits = trimmed[0] != '+' && isInternational ? digits[2..] : digits;
        return digits.Length is < 3 or > 15 || (isInternational && (digits.Length < 7 || digits[0] == '0')) ? null : isInternational ? "+" + digits : digits;
    }

    /// <summary>The end of the number, which is the same with and without a country's code; null when too short to tell people apart.</summary>
    public static string? MatchKey(string? number)
    {
        var digits = number is null ? "" : new string([.. number.Where(char.IsAsciiDigit)]);
        return digits.Length < FewestMatchedDigits ? null : digits[Math.Max(0, digits.Length - MatchedDigits)..];
    }
}

/// <summary>The text is a telephone number.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class PhoneNumberAttribute() : System.ComponentModel.DataAnnotations.ValidationAttribute("Use digits, with + and the country's code for numbers abroad.")
{
    public override bool IsValid(object? value) => value is not string text || string.IsNullOrWhiteSpace(text) || PhoneNumber.Normalise(text) is not null;
}
