package io.github.millrace.cli.options;

/** How stages are written, for the help of every command that takes them. */
public final class StageHelp {

  public static final String TEXT =
      """
        butter|bessel|lr:BAND:FREQ[-FREQ][:order=N]     BAND is low, high, bandpass or bandstop
        cheby1:BAND:FREQ[-FREQ][:order=N][:ripple=dB]
        cheby2:BAND:FREQ[-FREQ][:order=N][:atten=dB]
        ellip:BAND:FREQ[-FREQ][:order=N][:ripple=dB][:atten=dB]
                                  order 4, ripple 1 dB, atten 60 dB; bessel has norm=phase|delay|mag;
                                  lr has an even order, and is Butterworth of half of it, twice
        biquad:low|high|band|bandskirt|notch|allpass:FREQ[:q=Q]                   q 0.7071
        biquad:peak|lowshelf|highshelf:FREQ[:q=Q]:gain=dB
        notch|peak|comb:FREQ:q=Q
        fir:BAND:FREQ[-FREQ][:taps=N][:window=NAME[,BETA]]                        255 taps, hamming
        fir:FILE.npy   sos:FILE.npy    taps; sections [b0 b1 b2 1 a1 a2] as SciPy has them
           either then :delay=0 to take the filter's own delay out (or FRAMES to leave), where it is of
           linear phase; :advance=FRAMES to take out another; :tail to write the rest after the end
        tf:FILE.npy                    rows b and a, as numpy.save(FILE, scipy.signal.butter(...))
        gain:-3dB   gain:0.5   gain:-1x           a level, a factor, a factor that inverts
        delay:250ms   delay:1.5s   delay:480frames   delay:-480frames cuts the start
        resample:RATE[:quality=fast|standard|best]
        mix:mono   mix:stereo   mix:FILE.npy      weights [outputs][inputs]
        FREQ and RATE are in Hz, with k for thousands: 440, 5k, 44.1k, 300-3.4k
      """;

  private StageHelp() {}
}
