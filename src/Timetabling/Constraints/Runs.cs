namespace Tessera.Timetabling.Constraints;

/// <summary>Runs of consecutive busy hours.</summary>
internal static class Runs
{
    /// <summary>Hours of the day that continue a run of more than <paramref name="limit"/> hours.</summary>
    public static int HoursBeyond(ulong busy, int hours, int limit)
    {
        var (run, beyond) = (0, 0);
        for (var hour = 0; hour < hours; hour++)
        {
            run = (busy >> hour & 1) != 0 ? run + 1 : 0;
            if (run > limit) beyond++;
        }
        return beyond;
    }
}
