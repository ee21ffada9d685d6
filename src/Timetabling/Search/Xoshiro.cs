using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tessera.Timetabling.Search;

/// <summary>xoshiro256**, seeded through splitmix64: the same numbers on every machine.</summary>
internal sealed class Xoshiro
{
    private ulong a, b, c, d;

    public Xoshiro(ulong seed, int stream = 0)
    {
        var state = seed + 0x9E3779B97F4A7C15UL * (ulong)(stream + 1);
        (a, b, c, d) = (Split(ref state), Split(ref state), Split(ref state), Split(ref state));
    }

    private static ulong Split(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next()
    {
        var result = BitOperations.RotateLeft(b * 5, 7) * 9;
        var t = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= t;
        d = BitOperations.RotateLeft(d, 45);
        return result;
    }

    /// <summary>A number from 0 up to, not including, <paramref name="bound"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next(int bound) => (int)((Next() >> 32) * (ulong)bound >> 32);

    /// <summary>A number in (0, 1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextDouble() => ((Next() >> 11) + 1) * (1.0 / (1UL << 53));
}
