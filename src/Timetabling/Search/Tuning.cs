namespace Tessera.Timetabling.Search;
internal static class Tuning { public static double Get(string n, double d) => Environment.GetEnvironmentVariable(n) is { } v ? double.Parse(v) : d; }
