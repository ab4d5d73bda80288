/** The simulation worker as the app starts it. */
import '../../../worker/main.ts'
